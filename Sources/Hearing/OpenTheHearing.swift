import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Web

extension HearingArea {
    /// The judge opens the hearing: the conditions with reasons, the first window, and the notice to everyone.
    ///
    /// The rule is asked once before the notice is drawn, so that a refusal leaves no document behind.
    ///
    /// - Source: Online Litigation Rules arts. 20, 22; Civil Procedure Law art. 140.
    func openHearing(_ context: CourtContext) async throws -> Response {
        let matter = try await open(context)
        let (docket, viewer, once) = (matter.docket, matter.viewer, Once(context))
        if let answered = try await answered(before: once) { return .seeOther(answered) }
        let acting = try viewer.require(.openHearing, in: matter.state, now: context.now)
        let (gates, until) = try context.form.read { reader in
            var gates: [GateFound] = []
            for standing in matter.state.writingGates where standing.verdict == .judgeFinds {
                let name = standing.gate.rawValue
                gates.append(GateFound(gate: standing.gate, reason: reader.text(name, standing.gate.name, max: 2_000)))
            }
            return (gates, reader.day("until", HearingWords.window))
        }
        let undrawn = DocumentReference(document: .random(), kind: .hearingNotice, files: [])
        let law = Context(now: context.now, court: registry.court, tables: registry.tables, acting: acting)
        _ = try matter.state.decide(OpenHearing(gates: gates, until: until, notice: undrawn), in: law)

        let notice = HearingNotice(
            court: registry.court, state: matter.state, until: until, day: context.today
        ).document
        let pressed = try await press.press(
            notice, .hearingNotice, in: docket, drawnAt: context.now, stamped: true)
        let command = OpenHearing(gates: gates, until: until, notice: pressed.reference)
        let services = matter.state.parties.places.map { ($0.party, Identifier<Named.Service>.random()) }
        let place = try await registry.write(on: [docket], arrived: context.now) { [press] t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.openHearing, in: open.state, now: t.now)
                try press.record(pressed, at: t.now, in: t.storage)
                try t.enter(try open.state.decide(command, in: t.context(acting)), in: &open, by: acting)
                for (party, service) in services where open.state.canBeServed(party) {
                    let serve = ServeDocuments(service: service, party: party, documents: [pressed.reference])
                    let acts = try open.state.decide(serve, in: t.context(Self.machine))
                    try t.enter(acts, in: &open, by: Self.machine, channel: .system)
                    try t.effect(
                        Effect(
                            kind: "certify-service", key: "certify-service/\(service)", docket: docket,
                            subject: service.rawValue))
                }
                return "/cases/\(docket)/hearing"
            }
        }
        return .seeOther(place)
    }

    /// The court's own machinery, which serves what an act asks to be served.
    private static let machine = Acting(account: AccountID(high: 0, low: 1), capacity: .court)
}
