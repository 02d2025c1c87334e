import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

extension FilingDesk {
    /// Lists everything that must be corrected, once (一次性告知补正).
    ///
    /// - Throws: a `Refusal` with OLR art. 9 when a second list names something new; `Stale`, `Forbidden`, `NotFound`.
    func requestCorrection(_ step: DeskStep, items: [CorrectionItem], due: CourtDay) async throws {
        guard try await isStillToDo(step) else { return }
        let pressed = try await draw(.correctionNotice, for: step, deed: .requestCorrection) { paper, state, context in
            // Asked before drawing too: a list the rules refuse is never drawn.
            _ = try state.decide(RequestCorrection(items: items, due: due, notice: .undrawn), in: context)
            return DeskPapers.correction(items, due: due, paper)
        }
        try await enter(step, deed: .requestCorrection, pressed: pressed) { state, context in
            try state.decide(RequestCorrection(items: items, due: due, notice: pressed.reference), in: context)
        }
    }

    /// Tells the plaintiff which court hears the case (告知向有管辖权的法院起诉).
    func adviseTransfer(_ step: DeskStep, to other: String, reason: String) async throws {
        guard try await isStillToDo(step) else { return }
        let pressed = try await draw(.transferAdvice, for: step, deed: .adviseTransfer) { paper, state, context in
            _ = try state.decide(AdviseTransfer(court: other, reason: reason, notice: .undrawn), in: context)
            return DeskPapers.transferAdvice(to: other, reason: reason, paper)
        }
        try await enter(step, deed: .adviseTransfer, pressed: pressed) { state, context in
            try state.decide(AdviseTransfer(court: other, reason: reason, notice: pressed.reference), in: context)
        }
    }

    /// Sends the papers back (退回起诉材料).
    func returnPapers(_ step: DeskStep, reason: String) async throws {
        guard try await isStillToDo(step) else { return }
        let pressed = try await draw(.returnNotice, for: step, deed: .returnPapers) { paper, state, context in
            _ = try state.decide(ReturnPapers(reason: reason, notice: .undrawn), in: context)
            return DeskPapers.returned(reason: reason, paper)
        }
        try await enter(step, deed: .returnPapers, pressed: pressed) { state, context in
            try state.decide(ReturnPapers(reason: reason, notice: pressed.reference), in: context)
        }
    }

    /// Draws a paper of the desk on the state as it is now; the transaction afterwards decides on the state it finds.
    func draw(
        _ kind: DocumentKind, for step: DeskStep, deed: Deed,
        _ compose: (DeskPapers.Paper, CaseState, Context) throws -> LegalDocument
    ) async throws -> DocumentPress.Pressed {
        let (_, state) = try await read(step.docket)
        let now = registry.clock.now
        let acting = try step.viewer.require(deed, in: state, now: now)
        let context = Context(now: now, court: court, tables: tables, acting: acting)
        guard let paper = DeskPapers.Paper(state, in: context) else { throw Refusal.notSubmitted }
        return try await press.press(
            compose(paper, state, context), kind, in: step.docket, drawnAt: now, stamped: true)
    }
}

extension DocumentReference {
    /// Stands for a paper while the rules are only asked whether the step would be open.
    static let undrawn = DocumentReference(
        document: DocumentID(high: 0, low: 0), kind: .correctionNotice, files: [])
}
