import Accounts
import Docket
import Procedure
import Storage
import Web

/// The court's papers on their way to a party: what was told about the filing, rulings, and the judgment.
extension CaseState {
    /// What this party is still to get and may be sent now.
    func papersToSend(to party: PartyID) -> [DocumentReference] {
        var papers = waitingPapers(for: party)
        if let signed = judgment.signed, judgment.pronouncedAt != nil, closing.manner == nil,
            service.served(.judgment, on: party) == nil
        {
            papers.append(signed.document)
        }
        return papers
    }
}

extension ServiceArea {
    /// Serves the papers that wait on every party with a confirmed address. Those without one wait for the post.
    ///
    /// - Source: Civil Procedure Law art. 90; Online Litigation Rules art. 31.
    func servePapers(in docket: DocketID, by server: Server, once: Once = .unnamed) async throws {
        try server.requireSight(of: try await state(of: docket))
        try await registry.write(on: [docket]) { t in
            _ = try once.perform(in: t) {
                var open = try t.docket(docket)
                let (acting, channel) = try server.acting(in: open.state, now: t.now)
                for place in open.state.parties.places where open.state.canBeServed(place.party) {
                    let papers = open.state.waitingPapers(for: place.party)
                    guard !papers.isEmpty else { continue }
                    let service = ServiceID.random()
                    let command = ServeDocuments(service: service, party: place.party, documents: papers)
                    try t.enter(
                        try open.state.decide(command, in: t.context(acting)), in: &open, by: acting, channel: channel)
                    try t.effect(ServiceEffect.certificate(service, in: docket))
                }
                return ""
            }
        }
    }

    /// Asks for the notices that go with docketing once more; filing draws and serves them.
    func askForNotices(in docket: DocketID, by viewer: Viewer, once: Once) async throws {
        _ = try await state(of: docket)
        try await registry.write(on: [docket]) { t in
            _ = try once.perform(in: t) {
                let open = try t.docket(docket)
                try viewer.require(.recordService, in: open.state, now: t.now)
                guard open.state.filing.docketed != nil else { throw Refusal.notDocketed }
                let kind = ServiceEffect.serveDocketingNotices
                try t.effect(Effect(kind: kind, key: "\(kind)/\(docket)/\(open.position)", docket: docket))
                return ""
            }
        }
    }

    /// Writes down that papers were posted to the address the party gave.
    ///
    /// - Throws: `FormErrors` for a day after today or before the case; a `Refusal`.
    /// - Source: Civil Procedure Law art. 91.
    func postPapers(
        in docket: DocketID, to party: PartyID, on day: CourtDay, tracking: String, by viewer: Viewer, once: Once
    ) async throws -> String {
        _ = try await state(of: docket)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.recordService, in: open.state, now: t.now)
                let papers = open.state.papersToSend(to: party)
                let filed = open.state.filing.submitted?.day(in: court.zone) ?? day
                try requireDay(day, from: filed, to: court.zone.day(of: t.now))
                let command = PostDocuments(service: .random(), party: party, documents: papers, tracking: tracking)
                let acts = try open.state.decide(command, in: t.context(acting, happened: .on(day)))
                try t.enter(acts, in: &open, by: acting, channel: .offline, happened: .on(day))
                return "/desk/service/\(docket)"
            }
        }
    }

    /// Writes down what the postal receipt says; what counts from the service counts from that day.
    ///
    /// - Throws: `FormErrors` for a day before the posting or after today; a `Refusal`.
    /// - Source: Civil Procedure Law art. 91.
    func recordDelivery(
        of service: ServiceID, in docket: DocketID, on day: CourtDay, by viewer: Viewer, once: Once
    ) async throws -> String {
        _ = try await state(of: docket)
        return try await registry.write(on: [docket]) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.recordService, in: open.state, now: t.now)
                let posted = open.state.service.deliveries.first { $0.service == service && $0.channel == .post }
                guard let posted else { throw Refusal.notPosted }
                try requireDay(day, from: posted.sent.day(in: court.zone), to: court.zone.day(of: t.now))
                let command = RecordDelivery(service: service)
                let acts = try open.state.decide(command, in: t.context(acting, happened: .on(day)))
                try t.enter(acts, in: &open, by: acting, channel: .offline, happened: .on(day))
                return "/desk/service/\(docket)"
            }
        }
    }
}
