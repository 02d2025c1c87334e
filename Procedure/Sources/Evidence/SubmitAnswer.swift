/// The defendant answers (提交答辩状).
public struct SubmitAnswer: Hashable, Sendable {
    public let answer: AnswerSubmitted
    /// Why its exhibits come after the period, when they do.
    public let reasonForDelay: String

    public init(answer: AnswerSubmitted, reasonForDelay: String = "") {
        self.answer = answer
        self.reasonForDelay = reasonForDelay
    }
}

/// A party offers further exhibits (补充举证).
public struct OfferExhibits: Hashable, Sendable {
    public let party: PartyID
    public let exhibits: [OfferedExhibit]
    /// Why they come after the period, when they do.
    public let reasonForDelay: String

    public init(party: PartyID, exhibits: [OfferedExhibit], reasonForDelay: String) {
        self.party = party
        self.exhibits = exhibits
        self.reasonForDelay = reasonForDelay
    }
}

extension Refusal {
    public static let complaintNotServed = Refusal(
        code: "answer.complaint-not-served", article: nil,
        reason: Words("起诉状副本尚未送达。", "The complaint has not been served yet."),
        remedy: Words("须先收到起诉状副本。", "The complaint must be served first."))
    public static let alreadyAnswered = Refusal(
        code: "answer.already-given", article: nil,
        reason: Words("答辩状已经提交。", "The answer has already been sent."),
        remedy: Words("须补充的，在庭审结束前陈述或者补充证据。", "Add to it before the hearing ends, or offer further evidence."))
    public static let claimUnanswered = Refusal(
        code: "answer.claim-unanswered", article: .serveComplaintAndAnswer,
        reason: Words("还有诉讼请求没有表明意见。", "Some claims are still without an answer."),
        remedy: Words("请对每项诉讼请求选择承认、部分承认或不同意。", "For each claim choose: admitted, admitted in part, or disputed."))
    public static let answerSignature = Refusal(
        code: "answer.signature-mismatch", article: .onlineSigning,
        reason: Words("签名与这份答辩状不相符。", "The signature does not belong to this very answer."),
        remedy: Words("请重新核对答辩状后再签名。", "Check the answer again, then sign it."))
    public static let hearingOver = Refusal(
        code: "hearing.over", article: nil,
        reason: Words("庭审已经结束。", "The hearing is over."),
        remedy: Words("须在庭审结束前提出。", "This must come before the hearing ends."))
    public static let noExhibit = Refusal(
        code: "evidence.none-chosen", article: nil,
        reason: Words("没有选择证据。", "No exhibit was chosen."),
        remedy: Words("请先上传证据。", "Upload the exhibit first."))
    public static let lateWithoutReason = Refusal(
        code: "evidence.late-without-reason", article: .lateEvidence,
        reason: Words("举证期限已经届满，逾期举证须说明理由。", "The period for evidence is over; late evidence needs its reason."),
        remedy: Words("请写明逾期的理由，由法院决定是否采纳。", "Say why it is late; the court decides whether to admit it."))
}

extension CaseState {
    /// An answer may come late; not answering does not stop the trial and loses no right to be heard.
    ///
    /// - Source: Civil Procedure Law art. 128; Online Litigation Rules arts. 11, 33.
    public func decide(_ command: SubmitAnswer, in context: Context) throws(Refusal) -> [DecidedAct] {
        let answer = command.answer
        guard let place = parties.place(answer.party), place.role == .defendant else { throw .notAParty }
        guard service.served(.complaint, on: answer.party) != nil else { throw .complaintNotServed }
        guard evidence.answer == nil else { throw .alreadyAnswered }
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.closedAt == nil else { throw .hearingOver }
        let claims = Set((filing.complaint?.claims ?? []).filter { $0.kind != .costs }.map(\.claim))
        let answered = Set(answer.responses.map(\.claim))
        guard claims.isSubset(of: answered) else { throw .claimUnanswered.about(["responses"]) }
        guard answer.signature.binds(answer.document, for: context.acting.account) else { throw .answerSignature }
        let late = !answer.exhibits.isEmpty && isEvidenceLate(answer.party, in: context)
        guard !late || !command.reasonForDelay.isBlank else { throw .lateWithoutReason.about(["reason_for_delay"]) }
        let body = answer.late(because: late ? command.reasonForDelay : nil)
        let under: Article = late ? .lateEvidence : .waysToSubmit
        return [DecidedAct(.evidence(.answered(body)), under: .serveComplaintAndAnswer, under, party: answer.party)]
    }

    private func isEvidenceLate(_ party: PartyID, in context: Context) -> Bool {
        evidence.periods[party].map { context.happenedOn > $0.evidenceBy } ?? false
    }

    /// - Source: Civil Procedure Law art. 68; Online Litigation Rules art. 11.
    public func decide(_ command: OfferExhibits, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.closedAt == nil else { throw .hearingOver }
        guard !command.exhibits.isEmpty else { throw .noExhibit }
        let late = isEvidenceLate(command.party, in: context)
        guard !late || !command.reasonForDelay.isBlank else { throw .lateWithoutReason.about(["reason_for_delay"]) }
        let body = ExhibitsOffered(
            party: command.party, exhibits: command.exhibits, reasonForDelay: late ? command.reasonForDelay : nil)
        return [
            DecidedAct(
                .evidence(.offered(body)), under: late ? .lateEvidence : .waysToSubmit, party: command.party)
        ]
    }
}
