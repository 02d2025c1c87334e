import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

extension ServiceArea {
    /// Serves the complaint with its notices on the defendant, once the address is confirmed; the periods for answer and
    /// evidence start. Done before, or not possible yet, it does nothing: whoever asks may ask again.
    ///
    /// - Source: Civil Procedure Law arts. 90, 128; Online Litigation Rules art. 31.
    func serveComplaint(in docket: DocketID, by server: Server, once: Once = .unnamed) async throws {
        let state = try await state(of: docket)
        try server.requireSight(of: state)
        guard let defendant = state.parties.defendant, state.awaitsComplaint(defendant.party),
            let complaint = state.filing.complaint?.document
        else { return }
        let now = registry.clock.now
        let drawnOn = court.zone.day(of: now)
        let pressed = try await pressNotices(state, docket, at: now)
        let documents = [complaint] + pressed.map(\.reference)
        let service = ServiceID.random()
        try await registry.write(on: [docket]) { t in
            _ = try once.perform(in: t) {
                var open = try t.docket(docket)
                let (acting, channel) = try server.acting(in: open.state, now: t.now)
                guard open.state.awaitsComplaint(defendant.party) else { return "" }
                // The notices name days counted from today; past midnight they are drawn again.
                guard court.zone.day(of: t.now) == drawnOn else { throw Unavailable() }
                let command = ServeDocuments(service: service, party: defendant.party, documents: documents)
                let acts = try open.state.decide(command, in: t.context(acting))
                try t.enter(acts, in: &open, by: acting, channel: channel)
                for one in pressed { try press.record(one, at: t.now, in: t.storage) }
                try t.effect(ServiceEffect.certificate(service, in: docket))
                return ""
            }
        }
    }

    private func pressNotices(
        _ state: CaseState, _ docket: DocketID, at now: Instant
    ) async throws -> [DocumentPress.Pressed] {
        guard let plaintiff = state.parties.plaintiff, let defendant = state.parties.defendant,
            let docketed = state.filing.docketed
        else { throw Refusal.notDocketed }
        let context = looking(at: now)
        let notices = ServedNotices(
            court: court, number: docketed.number.rawValue, plaintiff: plaintiff, defendant: defendant,
            cause: causeName(state).zh, procedure: docketed.procedure,
            judge: state.judge == nil ? nil : state.filing.currentDraw?.drawnName,
            answer: context.limit(.answerSmallClaims, from: context.today),
            evidence: context.limit(.evidenceSmallClaims, from: context.today), today: context.today)
        return [
            try await press.press(notices.answerNotice, .answerNotice, in: docket, drawnAt: now, stamped: true),
            try await press.press(notices.evidenceNotice, .evidenceNotice, in: docket, drawnAt: now, stamped: true),
            try await press.press(
                notices.smallClaimsNotice, .smallClaimsNotice, in: docket, drawnAt: now, stamped: true),
        ]
    }

    /// Serves the signed judgment on every party with a confirmed address that has not got it; with the last one it takes
    /// effect and the case closes. Parties without an address wait for the desk.
    ///
    /// - Source: Civil Procedure Law arts. 90, 151, 165; Online Litigation Rules art. 31.
    func serveJudgment(in docket: DocketID, by server: Server, once: Once = .unnamed) async throws {
        let state = try await state(of: docket)
        try server.requireSight(of: state)
        guard state.judgment.signed != nil, state.closing.manner == nil else { return }
        let services = Dictionary(
            state.parties.places.map { ($0.party, ServiceID.random()) }, uniquingKeysWith: { first, _ in first })
        try await registry.write(on: [docket]) { t in
            _ = try once.perform(in: t) {
                var open = try t.docket(docket)
                guard let signed = open.state.judgment.signed, open.state.closing.manner == nil else { return "" }
                let (acting, channel) = try server.acting(in: open.state, now: t.now)
                for place in open.state.parties.places where open.state.awaitsJudgment(place.party) {
                    guard let service = services[place.party] else { continue }
                    let command = ServeDocuments(service: service, party: place.party, documents: [signed.document])
                    let acts = try open.state.decide(command, in: t.context(acting))
                    try t.enter(acts, in: &open, by: acting, channel: channel)
                    try t.effect(ServiceEffect.certificate(service, in: docket))
                }
                return ""
            }
        }
    }
}

extension CaseState {
    /// Whether the signed judgment can reach this party electronically and has not.
    func awaitsJudgment(_ party: PartyID) -> Bool {
        judgment.signed != nil && service.served(.judgment, on: party) == nil && canBeServed(party)
    }
}
