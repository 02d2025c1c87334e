import Procedure

/// The refusals that name an article, so that an article's page can say what the court declines under it.
enum CitedRefusals {
    /// In the order of the procedure's folders; a test finds one that is missing.
    static let all: [Refusal] = [
        .malformedCaseNumber, .unknownCourtCode, .unknownCaseType, .wrongCourtLevel,
        .fileIncomplete,
        .noExchangeConsent, .answerAwaited, .windowPast, .ownExhibit, .disputeNeedsReason, .windowStillOpen,
        .notYetExamined, .findingNeedsReason, .objectionStands, .claimUnanswered, .answerSignature,
        .lateWithoutReason,
        .reductionOutOfBounds, .feeNotOverdue,
        .emptyList, .secondList, .correctionTooShort, .correctionNotServed, .returnTooEarly, .plaintiffInsists,
        .notInsisted,
        .rulingSignature, .barredJudge, .procedureNotOpen, .incompleteComplaint, .noConcreteClaim, .signatureOfOther,
        .difficultyMissing, .writingNotApplied, .transcriptMovedOn, .transcriptSignature, .gatesNotMet,
        .noHearingConsent, .phaseOutOfOrder, .phaseMissing, .questionsOpen, .lastWordOpen, .recusalPending,
        .noQuestionsInThisPhase, .windowEnded, .recusalNeedsReason, .recusalTooLate, .ownRecusal,
        .notTheJudge, .transcriptUnsettled, .claimUndecided, .beyondClaim, .citesUnexamined, .noProvision,
        .feeSharesWrong, .judgmentSignature,
        .retractionNeedsRequest, .answerPeriodPast, .opponentsAccount, .nameDiffers, .stillInPeriod, .letterArrived,
        .fixedPeriodNotRestored,
        .mendNeedsReason, .signedStands,
        .noElectronicAddress,
        .otherParties,
        .recusalUpheld,
        .decidesOther,
        .performancePeriod,
        .nothingDeclined,
        .otherFiles,
        .otherJudgment,
        .judgmentNotPronounced,
        .feeNotCovered, .transferMissing, .refundOwed, .feeNoticeByPost, .ownQuestionOpen, .otherPhase,
    ]

    static func under(_ article: Article) -> [Refusal] { all.filter { $0.article == article } }
}
