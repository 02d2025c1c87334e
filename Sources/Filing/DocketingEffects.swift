import Docket
import Documents
import Procedure
import Storage

extension FilingDesk {
    /// What this desk does for acts after their commit.
    package var handlers: [EffectHandler] {
        [
            EffectHandler(kind: "serve-docketing-notices") { [self] effect in
                try await serveNotices(of: effect.docket)
            }
        ]
    }

    /// The day passed between drawing the notices and serving them: the dates they tell would be wrong. Tried again.
    struct DayPassed: Error {}

    /// Draws the notices of a registered case, serves them on the plaintiff's account and starts what counts from it.
    ///
    /// Done before, it does nothing; nor for a plaintiff without an electronic address, whom the duty to serve the
    /// notices keeps on the clerk's desk.
    func serveNotices(of docket: DocketID) async throws {
        let (_, state) = try await registry.docket(docket)
        guard let plaintiff = state.waitsForNotices, state.canBeServed(plaintiff) else { return }
        let context = Context(now: registry.clock.now, court: court, tables: tables, acting: Self.machine)
        // A letter on its way names a payment number already; the fee is one.
        let payment = state.service.posted(to: plaintiff).compactMap(\.fee).last?.payment ?? .random()
        guard let (pressed, amount) = try await drawNotices(state, payment, in: docket, context) else { return }
        let command = ServeDocuments(
            service: .random(), party: plaintiff, documents: pressed.map(\.reference),
            fee: FeeDemand(payment: payment, amount: amount))
        try await serve(command, pressed, payment, drawnOn: context.today, in: docket)
    }

    /// The four notices of a registered case; nil while the fee cannot be told.
    func drawNotices(
        _ state: CaseState, _ payment: PaymentID, by channel: ServiceChannel = .account, in docket: DocketID,
        _ context: Context
    ) async throws -> (pressed: [DocumentPress.Pressed], fee: Money)? {
        guard let notices = DocketingNotices(state, payment: payment, by: channel, in: context),
            let amount = notices.fee.money
        else { return nil }
        let drawn = [
            (notices.acceptance(), DocumentKind.acceptanceNotice), (notices.feeNotice(amount), .feeNotice),
            (notices.evidence(), .evidenceNotice), (notices.smallClaims(amount), .smallClaimsNotice),
        ]
        var pressed: [DocumentPress.Pressed] = []
        for (document, kind) in drawn {
            pressed.append(
                try await press.press(document, kind, in: docket, drawnAt: context.now, stamped: true))
        }
        return (pressed, amount)
    }

    private func serve(
        _ command: ServeDocuments, _ pressed: [DocumentPress.Pressed], _ payment: PaymentID, drawnOn day: CourtDay,
        in docket: DocketID
    ) async throws {
        try await registry.write(on: [docket]) { [press] t in
            var open = try t.docket(docket)
            guard open.state.waitsForNotices != nil else { return }
            let context = t.context(Self.machine)
            guard context.happenedOn == day else { throw DayPassed() }
            try t.enter(open.state.decide(command, in: context), in: &open, by: Self.machine, channel: .system)
            for document in pressed { try press.record(document, at: t.now, in: t.storage) }
            try PaymentTable.insert(payment, docket: docket, at: t.now, in: t.storage)
            try t.effect(
                Effect(
                    kind: "certify-service", key: "\(docket)/certify/\(command.service)", docket: docket,
                    subject: command.service.rawValue))
        }
    }
}

extension CaseState {
    /// The plaintiff's place while the notices of a registered, running case have not been served.
    var waitsForNotices: PartyID? {
        guard filing.docketed != nil, closing.manner == nil, let plaintiff = parties.plaintiff?.party,
            service.served(.acceptanceNotice, on: plaintiff) == nil
        else { return nil }
        return plaintiff
    }
}

extension DocketingNotices {
    /// - Returns: nil before the case is registered.
    init?(_ state: CaseState, payment: PaymentID, by channel: ServiceChannel, in context: Context) {
        guard let complaint = state.filing.complaint, let docketed = state.filing.docketed else { return nil }
        self.init(
            court: context.court, state: state, complaint: complaint, docketed: docketed,
            cause: context.tables.causes[complaint.cause]?.name ?? "民事纠纷",
            fee: complaint.courtFee(by: context.tables.fees, in: docketed.procedure), payment: payment,
            feeDue: channel == .post ? nil : context.limit(.feePrepayment, from: context.happenedOn),
            evidenceDue: channel == .post ? nil : context.limit(.evidenceSmallClaims, from: context.happenedOn),
            trialLimit: state.trialLimit(in: context), day: context.happenedOn)
    }
}
