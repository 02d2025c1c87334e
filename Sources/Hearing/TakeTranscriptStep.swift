import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Web

/// The steps of the transcript: drawing a version, confirming exactly that version, asking for a correction.
extension HearingArea {
    func take(_ step: TranscriptStep, _ context: CourtContext) async throws -> Response {
        switch step {
        case .version: try await drawTranscript(context)
        case .confirmation: try await confirmTranscript(context)
        case .correction: try await askForCorrection(context)
        }
    }

    /// - Throws: `Stale` when another version was drawn, or a correction asked for, since the page was.
    private func drawTranscript(_ context: CourtContext) async throws -> Response {
        let matter = try await open(context)
        let (docket, viewer, once) = (matter.docket, matter.viewer, Once(context))
        if let answered = try await answered(before: once) { return .seeOther(answered) }
        try viewer.require(.writeTranscript, in: matter.state, now: context.now)
        guard matter.hearing.closedAt != nil else { throw Refusal.hearingNotClosed }
        let objections = matter.hearing.transcript?.objections ?? []
        let (seen, corrections) = try context.form.read { reader in
            let seen = TranscriptSeen(reader.form)
            let corrections = objections.enumerated().map { index, objection in
                TranscriptPaper.Correction(
                    by: objection.party, asked: objection.text,
                    outcome: reader.text("outcome-\(index)", Words("处理结果", "the outcome"), max: 5_000))
            }
            return (seen, corrections)
        }
        guard seen == TranscriptSeen(matter.hearing) else { throw Stale([.newTranscript]) }
        let paper = TranscriptPaper(
            court: registry.court, state: matter.state, course: try await course(of: docket),
            version: (matter.hearing.transcript?.version ?? 0) + 1, corrections: corrections, day: context.today)
        let pressed = try await press.press(
            paper.document, .transcript, in: docket, drawnAt: context.now, stamped: false)
        let place = try await registry.write(on: [docket], arrived: context.now) { [press] t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.writeTranscript, in: open.state, now: t.now)
                guard seen == TranscriptSeen(open.state.hearing) else { throw Stale([.newTranscript]) }
                try press.record(pressed, at: t.now, in: t.storage)
                let command = DraftTranscript(transcript: pressed.reference)
                try t.enter(try open.state.decide(command, in: t.context(acting)), in: &open, by: acting)
                return "/cases/\(docket)/transcript"
            }
        }
        return .seeOther(place)
    }

    /// Binds account, fresh second factor, time, and the digest of the version that was read.
    ///
    /// - Source: Online Litigation Rules arts. 33, 34.
    private func confirmTranscript(_ context: CourtContext) async throws -> Response {
        let matter = try await open(context)
        let (docket, viewer, once) = (matter.docket, matter.viewer, Once(context))
        guard let version = context.form["version"].flatMap(Int.init),
            let digest = context.form["digest"].flatMap(ContentDigest.init(rawValue:))
        else { throw Malformed(.formUnreadable) }
        let place = try await registry.write(on: [docket], arrived: context.now) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.confirmTranscript, in: open.state, now: t.now)
                // The rule takes a confirmation without a party for the judge's; the clerk drew it and does not confirm it.
                guard acting.party != nil || acting.capacity == .judge else { throw Forbidden(.confirmTranscript) }
                let signature = Signature(
                    account: viewer.account, factor: .timeCode, at: viewer.secondFactorAt ?? t.now, digest: digest)
                let command = ConfirmTranscript(party: acting.party, version: version, signature: signature)
                try t.enter(try open.state.decide(command, in: t.context(acting)), in: &open, by: acting)
                return "/cases/\(docket)/transcript"
            }
        }
        return .seeOther(place)
    }

    private func askForCorrection(_ context: CourtContext) async throws -> Response {
        let matter = try await open(context)
        let (docket, viewer, once) = (matter.docket, matter.viewer, Once(context))
        guard let version = context.form["version"].flatMap(Int.init) else { throw Malformed(.formUnreadable) }
        let text = try context.form.read { $0.text("correction", Words("需要补正的内容", "what to correct"), max: 10_000) }
        let place = try await registry.write(on: [docket], arrived: context.now) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.answerQuestion, in: open.state, now: t.now)
                let command = ObjectToTranscript(party: try acting.place(), version: version, text: text)
                try t.enter(try open.state.decide(command, in: t.context(acting)), in: &open, by: acting)
                return "/cases/\(docket)/transcript"
            }
        }
        return .seeOther(place)
    }
}

/// What a person who draws the next version has seen: the version before, and the corrections asked for on it.
struct TranscriptSeen: Hashable, Sendable {
    let version: Int
    let corrections: Int

    init(_ hearing: HearingState) {
        version = hearing.transcript?.version ?? 0
        corrections = hearing.transcript?.objections.count ?? 0
    }

    init(_ form: Form) {
        version = form["version"].flatMap(Int.init) ?? -1
        corrections = form["corrections"].flatMap(Int.init) ?? -1
    }
}

extension Words {
    fileprivate static let newTranscript = Words(
        "笔录已有新版本，或者有人申请补正。", "There is a newer version, or a correction was asked for.")
}
