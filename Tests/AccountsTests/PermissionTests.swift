import Foundation
import Procedure
import Testing

@testable import Accounts

@Suite("Permission")
struct PermissionTests {
    @Test("every deed has a row; a deed without one would be open to nobody", arguments: Deed.allCases)
    func everyDeedHasARow(deed: Deed) throws {
        let grants = try #require(Permission.table[deed])
        #expect(!grants.isEmpty)
    }

    @Test("a row opens exactly what it grants, over every relation, set of offices and phase", arguments: Deed.allCases)
    func rowOpensExactlyItsGrants(deed: Deed) throws {
        let grants = try #require(Permission.table[deed])
        for relation in Relation.allCases {
            for offices in everySetOfOffices {
                for phase in Phase.allCases.map(Optional.some) + [nil] {
                    // Written out once more, the long way, so that the short way in the source can be wrong.
                    var expected = false
                    for grant in grants {
                        let officeHeld = grant.office == nil || offices.contains(where: { $0 == grant.office })
                        let place =
                            grant.relation == nil
                            || (grant.relation == relation && phase.map(grant.phases.contains) == true)
                        if officeHeld && place { expected = true }
                    }
                    #expect(Permission.allows(deed, relation, offices, phase) == expected)
                }
            }
        }
    }

    @Test("the whole matrix is as reviewed (permission-matrix.txt; XIEZHI_RECORD=1 writes it anew)")
    func matrixIsAsReviewed() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "permission-matrix.txt")
        if ProcessInfo.processInfo.environment["XIEZHI_RECORD"] != nil {
            try matrix.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == matrix)
    }

    @Test("an administrator and an auditor read no case")
    func administratorsReadNoCase() {
        for deed in [Deed.readCase, .readEntry, .exportCase, .readChambers] {
            for relation in Relation.allCases where relation == .none || relation == .filingClerk {
                for phase in Phase.allCases {
                    #expect(!Permission.allows(deed, relation, [.administrator, .auditor], phase))
                }
            }
        }
    }

    @Test("no party ever reads the chambers volume, whatever office the person also holds")
    func partiesNeverReadChambers() {
        for relation in [Relation.plaintiff, .defendant, .none, .filingClerk] {
            for phase in Phase.allCases {
                #expect(!Permission.allows(.readChambers, relation, Set(Office.allCases), phase))
            }
        }
    }

    @Test("a judge who is a party in the case signs nothing in it")
    func judgeAsPartySignsNothing() {
        for phase in Phase.allCases {
            #expect(!Permission.allows(.signJudgment, .plaintiff, [.judge], phase))
            #expect(!Permission.allows(.docketCase, .plaintiff, [.filingClerk], phase))
        }
    }

    @Test("to an outsider the case does not exist; to a party a judge's step is forbidden")
    func refusalsTellOnlyWhatMayBeKnown() throws {
        let party = viewer(offices: [], verified: true)
        #expect(throws: NotFound()) { try party.require(.readCase, as: .none, in: .hearing, now: noon) }
        #expect(throws: NotFound()) { try party.require(.signJudgment, as: .none, in: .hearing, now: noon) }
        #expect(throws: Forbidden(.signJudgment)) {
            try party.require(.signJudgment, as: .plaintiff, in: .hearing, now: noon)
        }
        try party.require(.answerQuestion, as: .plaintiff, in: .hearing, now: noon)
    }

    @Test("an unverified person drafts and reads, and enters nothing")
    func unverifiedEntersNothing() throws {
        let person = viewer(offices: [], verified: false)
        try person.require(.editDraft, as: .plaintiff, in: .draft, now: noon)
        #expect(throws: Refusal.identityNotVerified) {
            try person.require(.submitFiling, as: .plaintiff, in: .draft, now: noon)
        }
    }

    @Test("a signature wants the second factor within five minutes")
    func signatureWantsFreshFactor() throws {
        let given = noon.adding(milliseconds: -300_000)
        let judge = viewer(offices: [.judge], verified: true, factorAt: given)
        try judge.require(.signJudgment, as: .judge, in: .hearing, now: noon)
        #expect(throws: SecondFactorNeeded()) {
            try judge.require(.signJudgment, as: .judge, in: .hearing, now: noon.adding(milliseconds: 1))
        }
        #expect(throws: SecondFactorNeeded()) {
            // A factor from the future is a clock gone wrong, not a fresh factor.
            try judge.require(.signJudgment, as: .judge, in: .hearing, now: given.adding(milliseconds: -1))
        }
        try judge.require(.findEvidence, as: .judge, in: .hearing, now: noon.adding(hours: 2))
    }

    @Test("who must still set up a second factor may do nothing")
    func enrolmentComesFirst() {
        let judge = Viewer(
            account: .random(), name: "李法官", offices: [.judge], session: .random(), secondFactorAt: nil,
            isVerified: true,
            mustEnrol: true)
        #expect(throws: EnrolmentNeeded()) { try judge.require(.readCase, as: .judge, in: .hearing, now: noon) }
        #expect(throws: EnrolmentNeeded()) { try judge.require(.readJudgeDesk, now: noon) }
    }

    private let noon: Instant = "2026-03-02T04:00:00.000Z"

    private func viewer(offices: Set<Office>, verified: Bool, factorAt: Instant? = "2026-03-02T03:59:00.000Z") -> Viewer
    {
        Viewer(
            account: .random(), name: "张三", offices: offices, session: .random(), secondFactorAt: factorAt,
            isVerified: verified)
    }

    private var everySetOfOffices: [Set<Office>] {
        (0..<1 << Office.allCases.count).map { bits in
            Set(Office.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
        }
    }

    private var matrix: String {
        var lines = ["# Who may do what. Written by PermissionTests; a change here is a change of permission."]
        for deed in Deed.allCases {
            lines += ["", "\(deed.rawValue)\(deed.needsFreshFactor ? "  (fresh second factor)" : "")"]
            for relation in Relation.allCases {
                let open = everySetOfOffices.map { offices in
                    (
                        offices,
                        (Phase.allCases.map(Optional.some) + [nil]).filter {
                            Permission.allows(deed, relation, offices, $0)
                        }
                    )
                }
                let bare = open.first { $0.0.isEmpty }?.1 ?? []
                if !bare.isEmpty { lines.append(line(relation, "any office or none", bare)) }
                for (offices, phases) in open where offices.count == 1 && phases != bare {
                    lines.append(line(relation, offices.map(\.rawValue).joined(), phases))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ relation: Relation, _ office: String, _ phases: [Phase?]) -> String {
        let phases = phases.map { $0?.rawValue ?? "(no case)" }.joined(separator: " ")
        return "    \(relation.rawValue.padding(toLength: 14, withPad: " ", startingAt: 0))"
            + "\(office.padding(toLength: 20, withPad: " ", startingAt: 0))\(phases)"
    }
}
