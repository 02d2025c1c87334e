/// Who may do and see what (权限): one table, one pure function, nothing that is not written here.
///
/// It says whose business a step is. Whether the law lets the step happen now is for the rules, which answer with
/// their article; the phases here are therefore as wide as the business, not as narrow as the limit.
package enum Permission {
    /// One way in: as what, holding which office, in which phases.
    package struct Grant: Hashable, Sendable {
        /// Nil where it is no matter of one case.
        let relation: Relation?
        /// The office that must be held besides; nil for parties.
        let office: Office?
        let phases: Set<Phase>

        static func plaintiff(_ phases: Set<Phase>) -> Grant {
            Grant(relation: .plaintiff, office: nil, phases: phases)
        }
        static func defendant(_ phases: Set<Phase>) -> Grant {
            Grant(relation: .defendant, office: nil, phases: phases)
        }
        static func judge(_ phases: Set<Phase>) -> Grant { Grant(relation: .judge, office: .judge, phases: phases) }
        static func rulingJudge(_ phases: Set<Phase>) -> Grant {
            Grant(relation: .rulingJudge, office: .judge, phases: phases)
        }
        static func president(_ phases: Set<Phase>) -> Grant {
            Grant(relation: .president, office: .president, phases: phases)
        }
        static func clerk(_ phases: Set<Phase>) -> Grant { Grant(relation: .clerk, office: .clerk, phases: phases) }
        static func filingClerk(_ phases: Set<Phase>) -> Grant {
            Grant(relation: .filingClerk, office: .filingClerk, phases: phases)
        }
        /// Someone outside the case who holds its invitation.
        static func outsider(_ phases: Set<Phase>) -> Grant {
            Grant(relation: Relation.none, office: nil, phases: phases)
        }
        /// The office alone, outside any case.
        static func office(_ office: Office) -> Grant { Grant(relation: nil, office: office, phases: []) }
    }

    /// Whether the deed is open to someone who stands in this relation to a case in this phase and holds these offices.
    ///
    /// - Parameter phase: nil outside a case; only deeds of an office alone are then open.
    package static func allows(_ deed: Deed, _ relation: Relation, _ offices: Set<Office>, _ phase: Phase?) -> Bool {
        guard let grants = table[deed] else { return false }
        return grants.contains { grant in
            if let office = grant.office, !offices.contains(office) { return false }
            guard let needed = grant.relation else { return true }
            guard let phase else { return false }
            return needed == relation && grant.phases.contains(phase)
        }
    }

    package static let table: [Deed: [Grant]] = [
        // Reading
        .readCase: [
            .plaintiff(.any), .defendant(.sinceDocketing), .judge(.sinceDocketing), .clerk(.sinceDocketing),
            .filingClerk([.submitted, .docketed, .closed]), .rulingJudge([.submitted]), .president(.whileHeard),
        ],
        .readEntry: [
            .plaintiff(.sinceSubmission), .defendant(.sinceDocketing), .judge(.sinceDocketing), .clerk(.sinceDocketing),
            .filingClerk([.submitted, .docketed, .closed]),
            .rulingJudge([.submitted]), .president(.whileHeard),
        ],
        .exportCase: [
            .plaintiff(.sinceSubmission), .defendant(.sinceDocketing), .judge(.sinceDocketing), .clerk(.sinceDocketing),
        ],
        .readChambers: [.judge(.sinceDocketing), .clerk(.sinceDocketing)],

        // Filing
        .editDraft: [.plaintiff([.draft])],
        .submitFiling: [.plaintiff([.draft])],
        .submitCorrection: [.plaintiff([.submitted])],
        .insistOnFiling: [.plaintiff([.submitted])],
        .requestCorrection: [.filingClerk([.submitted])],
        .returnPapers: [.filingClerk([.submitted])],
        .adviseTransfer: [.filingClerk([.submitted])],
        .declineCase: [.rulingJudge([.submitted])],
        .docketCase: [.filingClerk([.submitted])],
        .redrawJudge: [.president(.whileHeard)],

        // Fee
        .payFee: [.plaintiff([.docketed, .pretrial])],
        .ruleOnUnpaidFee: [.judge([.docketed, .pretrial])],
        .settleFee: [.clerk(.untilArchive)],

        // Taking part
        .answerConsent: [.plaintiff(.beforeJudgment), .defendant([.docketed, .pretrial, .hearing])],
        .confirmAddress: [.plaintiff(.beforeClosing), .defendant(.running)],
        .inviteDefendant: [.clerk([.docketed, .pretrial])],
        .linkCase: [.outsider([.docketed, .pretrial, .hearing])],
        // Whoever has the case serves its papers, also those that tell of its end.
        .recordService: [.clerk(.untilArchive), .filingClerk([.submitted, .closed])],
        .moveOffline: [.judge([.docketed, .pretrial, .hearing]), .clerk([.docketed, .pretrial])],

        // Answer and exchange
        .submitAnswer: [.defendant([.docketed, .pretrial, .hearing])],
        .offerEvidence: [.plaintiff([.docketed, .pretrial, .hearing]), .defendant([.docketed, .pretrial, .hearing])],
        .opine: [.plaintiff([.pretrial, .hearing]), .defendant([.pretrial, .hearing])],
        .setWindow: [.judge([.docketed, .pretrial, .hearing])],
        .findEvidence: [.judge([.pretrial, .hearing])],

        // Hearing in writing
        .openHearing: [.judge([.pretrial])],
        .askQuestion: [.judge([.hearing])],
        .answerQuestion: [.plaintiff([.hearing]), .defendant([.hearing])],
        .askRecusal: [.plaintiff(.whileHeard), .defendant(.whileHeard)],
        .decideRecusal: [.president(.whileHeard)],
        .writeTranscript: [.judge([.hearing]), .clerk([.hearing])],
        .confirmTranscript: [.plaintiff([.hearing]), .defendant([.hearing]), .judge([.hearing]), .clerk([.hearing])],

        // Judgment and after
        .draftJudgment: [.judge([.pretrial, .hearing])],
        .signJudgment: [.judge([.hearing])],
        .archive: [.clerk([.judged, .closed])],
        .correctEntry: [.judge(.running), .clerk(.running), .filingClerk([.submitted])],

        // The court itself
        .readFilingDesk: [.office(.filingClerk)],
        .readClerkDesk: [.office(.clerk)],
        .readJudgeDesk: [.office(.judge)],
        .verifyIdentity: [.office(.filingClerk)],
        .createStaff: [.office(.administrator)],
        .disableAccount: [.office(.administrator)],
        .readAudit: [.office(.auditor)],
    ]
}

extension Set<Phase> {
    fileprivate static let any = Set(Phase.allCases)
    fileprivate static let sinceSubmission = any.subtracting([.draft])
    fileprivate static let sinceDocketing = sinceSubmission.subtracting([.submitted])
    fileprivate static let beforeJudgment: Self = [.draft, .submitted, .docketed, .pretrial, .hearing]
    fileprivate static let beforeClosing = beforeJudgment.union([.judged])
    /// With a number and not yet closed.
    fileprivate static let running = beforeClosing.subtracting([.draft, .submitted])
    /// While a judge may still have to step aside.
    fileprivate static let whileHeard: Self = [.docketed, .pretrial, .hearing]
    fileprivate static let untilArchive = running.union([.closed])
}
