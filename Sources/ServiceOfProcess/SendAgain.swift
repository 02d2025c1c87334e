import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

/// What the clerk says of a second letter.
struct SecondLetter: Sendable {
    let ground: InvitationSentAgain.Ground
    /// Nil for where the last one went.
    let address: String?
    let addressSource: String?
    let answerBy: CourtDay
}

extension ServiceArea {
    /// Writes to the defendant once more: a new letter with a new period is drawn, the act entered, and a new code laid
    /// ready for printing, together or not at all. The old code is dead from that moment, wherever its sheet is.
    ///
    /// - Parameter address: of the page where the code is typed, as it is printed.
    /// - Returns: where the desk goes on.
    /// - Throws: `NotFound`, `Forbidden`, a `Refusal`.
    /// - Source: Online Litigation Rules art. 10.
    func sendAgain(
        _ second: SecondLetter, in docket: DocketID, address: String, by viewer: Viewer, once: Once
    ) async throws -> String {
        let state = try await state(of: docket)
        let now = registry.clock.now
        let acting = try viewer.require(.inviteDefendant, in: state, now: now)
        guard let party = state.parties.defendant?.party else { throw Refusal.notAParty }
        @Sendable func command(_ letter: DocumentReference) -> SendInvitationAgain {
            SendInvitationAgain(
                party: party, ground: second.ground, letter: letter, address: second.address,
                addressSource: second.addressSource, answerBy: second.answerBy)
        }
        // Nothing is drawn for what the rules decline anyway, unless it may be the same sending once more.
        let last = state.participation.invitations[party]
        if last.map({ $0.earlier.isEmpty || !$0.awaitsPosting }) ?? true {
            let context = Context(now: now, court: court, tables: registry.tables, acting: acting)
            let unnamed = DocumentReference(document: .random(), kind: .participationNotice, files: [])
            _ = try state.decide(command(unnamed), in: context)
        }
        let pressed = try await pressLetter(state, answerBy: second.answerBy, address: address, in: docket, at: now)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.inviteDefendant, in: open.state, now: t.now)
                let acts = try open.state.decide(command(pressed.reference), in: t.context(acting))
                try t.enter(acts, in: &open, by: acting)
                try press.record(pressed, at: t.now, in: t.storage)
                try layCode(for: party, in: docket, answerBy: second.answerBy, stage: .toPost, t)
                return "/desk/service/\(docket)/post"
            }
        }
    }

    /// Puts a new code in the place of the old one, which stops working at once; the sheet is printed and handed over.
    ///
    /// - Returns: where the desk goes on.
    /// - Throws: `NotFound`, `Forbidden`, a `Refusal`.
    func renewCode(in docket: DocketID, by viewer: Viewer, once: Once) async throws -> String {
        _ = try await state(of: docket)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.recordService, in: open.state, now: t.now)
                guard let party = open.state.parties.defendant?.party else { throw Refusal.notAParty }
                let acts = try open.state.decide(RenewInvitationCode(party: party), in: t.context(acting))
                guard let sent = open.state.participation.invitations[party] else { throw Refusal.notInvited }
                try t.enter(acts, in: &open, by: acting)
                // Nothing changes about where the letter is.
                try layCode(
                    for: party, in: docket, answerBy: sent.answerBy,
                    stage: sent.awaitsPosting ? .toPost : sent.received == nil ? .posted : .received, t)
                return "/desk/service/\(docket)"
            }
        }
    }

    /// Issues a code, which ends the one before, and lays it ready for printing.
    func layCode(
        for party: PartyID, in docket: DocketID, answerBy: CourtDay, stage: LetterTable.Stage, _ t: DocketTransaction
    ) throws {
        let from = max(answerBy, court.zone.day(of: t.now))
        let ends = court.zone.end(of: from.adding(days: Self.codeDaysAfterAnswer))
        let code = try InvitationCodes(accounts).issue(for: party, in: docket, endsAt: ends, in: t.storage)
        try letters.write(code, endsAt: ends, for: party, in: docket, stage: stage, at: t.now, in: t.storage)
    }

    /// Draws the letter of this case, stamped.
    func pressLetter(
        _ state: CaseState, answerBy: CourtDay, address: String, in docket: DocketID, at now: Instant
    ) async throws -> DocumentPress.Pressed {
        guard let plaintiff = state.parties.plaintiff, let defendant = state.parties.defendant else {
            throw Refusal.notAParty
        }
        guard let number = state.filing.docketed?.number else { throw Refusal.notDocketed }
        let letter = InvitationLetter(
            court: court, number: number.rawValue, plaintiff: plaintiff, defendant: defendant,
            cause: causeName(state).zh, answerBy: answerBy, today: court.zone.day(of: now), address: address,
            notice: notices.onlineStages.parts.flatMap { $0.lines.map(\.zh) })
        return try await press.press(letter.document, .participationNotice, in: docket, drawnAt: now, stamped: true)
    }
}
