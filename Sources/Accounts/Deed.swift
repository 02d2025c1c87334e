/// Something a person may want to do or see; the rows of the permission table.
package enum Deed: String, CaseIterable, Sendable {
    // Reading
    case readCase, readEntry, exportCase, readChambers
    // Filing
    case editDraft, submitFiling, submitCorrection, insistOnFiling
    case requestCorrection, returnPapers, adviseTransfer, declineCase, docketCase, redrawJudge
    // Fee
    case payFee, ruleOnUnpaidFee, settleFee
    // Taking part
    case answerConsent, confirmAddress, inviteDefendant, linkCase, recordService, moveOffline
    // Answer and exchange
    case submitAnswer, offerEvidence, opine, setWindow, findEvidence
    // Hearing in writing
    case openHearing, askQuestion, answerQuestion, askRecusal, decideRecusal, writeTranscript, confirmTranscript
    // Judgment and after
    case draftJudgment, signJudgment, archive, correctEntry
    // The court itself
    case readFilingDesk, readClerkDesk, readJudgeDesk
    case verifyIdentity, createStaff, disableAccount, readAudit

    /// Open to someone whose identity is not yet verified: reading, and what is not yet entered anywhere.
    var allowsUnverified: Bool {
        switch self {
        case .readCase, .readEntry, .exportCase, .editDraft: true
        default: false
        }
    }

    /// Signing, handing on a whole case, and power over accounts: the second factor must have been given just now.
    package var needsFreshFactor: Bool {
        switch self {
        case .submitFiling, .submitCorrection, .submitAnswer, .confirmTranscript, .declineCase, .signJudgment,
            .exportCase,
            .createStaff, .disableAccount:
            true
        default: false
        }
    }
}

/// What a person is in one case (在本案中的身份).
package enum Relation: String, CaseIterable, Sendable {
    case plaintiff
    case defendant
    /// Judge of this case (承办法官).
    case judge
    /// Clerk of this case (书记员).
    case clerk
    /// Any judge, while the filing waits for a ruling (立案审查法官).
    case rulingJudge = "ruling-judge"
    /// The court president, who decides on recusal (院长).
    case president
    /// Any filing clerk, while the case is theirs (立案人员).
    case filingClerk = "filing-clerk"
    /// Nothing: for such a person the case does not exist.
    case none
}

/// How far a case has come, as coarse as permission needs it.
package enum Phase: String, CaseIterable, Sendable {
    case draft, submitted, docketed, pretrial, hearing, judged, closed, archived
}
