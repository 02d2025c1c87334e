import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

extension ServiceArea {
    /// The code stays good for this long after the day set for the answer: a late letter still leads somewhere.
    static let codeDaysAfterAnswer = 30

    /// The period for answering that the desk proposes.
    static let usualAnswerDays = 15

    /// Asks the defendant by letter whether to take part online: the letter is drawn, the act entered, and a one-time
    /// code issued and laid ready for printing, together or not at all.
    ///
    /// - Parameters:
    ///   - answerBy: the last day of the period the court sets; after today.
    ///   - address: of the page where the code is typed, as it is printed.
    /// - Returns: where the desk goes on.
    /// - Throws: `NotFound`, `Forbidden`, a `Refusal`.
    /// - Source: Online Litigation Rules art. 10.
    func invite(
        in docket: DocketID, answerBy: CourtDay, address: String, by viewer: Viewer, once: Once
    ) async throws -> String {
        let state = try await state(of: docket)
        let now = registry.clock.now
        let acting = try viewer.require(.inviteDefendant, in: state, now: now)
        guard state.parties.plaintiff != nil, let defendant = state.parties.defendant else { throw Refusal.notAParty }
        guard state.filing.docketed != nil else { throw Refusal.notDocketed }
        // Nothing is drawn for what the rules decline anyway.
        let unnamed = DocumentReference(document: .random(), kind: .participationNotice, files: [])
        let isRepeat = state.participation.invitations[defendant.party] != nil
        if !isRepeat {
            let context = Context(now: now, court: court, tables: registry.tables, acting: acting)
            _ = try state.decide(
                InviteDefendant(party: defendant.party, letter: unnamed, answerBy: answerBy), in: context)
        }
        let pressed = try await pressLetter(state, answerBy: answerBy, address: address, in: docket, at: now)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.inviteDefendant, in: open.state, now: t.now)
                let command = InviteDefendant(
                    party: defendant.party, letter: pressed.reference, answerBy: answerBy)
                let acts = try open.state.decide(command, in: t.context(acting))
                try t.enter(acts, in: &open, by: acting)
                try press.record(pressed, at: t.now, in: t.storage)
                try layCode(for: defendant.party, in: docket, answerBy: answerBy, stage: .toPost, t)
                return "/desk/service/\(docket)"
            }
        }
    }

    /// The sheet with the code, as long as the letter it belongs to has not arrived and the code was not used.
    ///
    /// - Throws: `NotFound` when there is nothing to print any more.
    func codeSheet(in docket: DocketID, address: String, by viewer: Viewer) async throws -> [UInt8] {
        let state = try await state(of: docket)
        let now = registry.clock.now
        try viewer.require(.recordService, in: state, now: now)
        guard let defendant = state.parties.defendant else { throw NotFound() }
        let code = try await registry.store.read { [letters] in
            try letters.code(for: defendant.party, in: docket, at: now, in: $0)
        }
        guard let code else { throw NotFound() }
        let sheet = CodeSheet(
            court: court, number: name(of: state), recipient: defendant,
            postal: state.participation.invitations[defendant.party]?.address ?? defendant.details.address,
            code: code, address: address)
        return try await Disk.blocking { [drawing] in try drawing.draw(sheet.document, at: now) }
    }

    /// Writes down that the letter was handed to the post on a day.
    ///
    /// - Throws: `FormErrors` for a day before the letter was drawn or after today; a `Refusal`.
    func recordPosting(
        in docket: DocketID, on day: CourtDay, tracking: String, by viewer: Viewer, once: Once
    ) async throws -> String {
        try await recordByHand(.posted, in: docket, on: day, by: viewer, once: once) { state, party, context in
            try state.decide(RecordPosting(party: party, tracking: tracking), in: context)
        }
    }

    /// Writes down what the postal receipt says; the three days to link count from that day.
    ///
    /// - Source: Online Litigation Rules art. 10.
    func recordReceipt(in docket: DocketID, on day: CourtDay, by viewer: Viewer, once: Once) async throws -> String {
        try await recordByHand(.received, in: docket, on: day, by: viewer, once: once) { state, party, context in
            try state.decide(RecordInvitationReceived(party: party, basis: .postalReceipt), in: context)
        }
    }

    private func recordByHand(
        _ stage: LetterTable.Stage, in docket: DocketID, on day: CourtDay, by viewer: Viewer, once: Once,
        _ decide: @escaping @Sendable (CaseState, PartyID, Context) throws -> [DecidedAct]
    ) async throws -> String {
        _ = try await state(of: docket)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.recordService, in: open.state, now: t.now)
                guard let party = open.state.parties.defendant?.party else { throw Refusal.notAParty }
                guard let invitation = open.state.participation.invitations[party] else { throw Refusal.notInvited }
                let earliest = (stage == .received ? invitation.posted : nil) ?? invitation.issued
                try requireDay(day, from: earliest.day(in: court.zone), to: court.zone.day(of: t.now))
                let acts = try decide(open.state, party, t.context(acting, happened: .on(day)))
                try t.enter(acts, in: &open, by: acting, channel: .offline, happened: .on(day))
                // Of a letter sent after the first had arrived no receipt is awaited.
                let reached = invitation.received == nil ? stage : .received
                if !acts.isEmpty { try letters.move(to: reached, for: party, in: docket, at: t.now, in: t.storage) }
                return "/desk/service/paper"
            }
        }
    }

    /// Staff date what happened on paper: never into the future, never before the letter was there (D9).
    func requireDay(_ day: CourtDay, from earliest: CourtDay, to today: CourtDay) throws {
        guard day < earliest || day > today else { return }
        throw FormErrors(
            "day",
            Words(
                "日期应当在\(Voice(.chinese).day(earliest))到\(Voice(.chinese).day(today))之间。",
                "The day must be from \(Voice(.english).day(earliest)) to \(Voice(.english).day(today))."))
    }

    /// Moves a silent party offline once the day has passed. The code stays good: coming back online is open.
    ///
    /// - Source: Online Litigation Rules art. 10.
    func moveOffline(
        in docket: DocketID, for ground: WentOffline.Ground, by viewer: Viewer, once: Once
    ) async throws -> String {
        _ = try await state(of: docket)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.moveOffline, in: open.state, now: t.now)
                guard let party = open.state.parties.defendant?.party else { throw Refusal.notAParty }
                let acts = try open.state.decide(
                    MoveOffline(party: party, ground: ground), in: t.context(acting))
                try t.enter(acts, in: &open, by: acting)
                return "/desk/service/\(docket)"
            }
        }
    }

    func causeName(_ state: CaseState) -> Words {
        guard let id = state.filing.complaint?.cause else { return Words("", "") }
        return registry.tables.causes[id]?.words ?? Words(id, id)
    }

    var letters: LetterTable { LetterTable(key: registry.courtKey) }
}
