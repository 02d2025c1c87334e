import Procedure

/// The people of the story, each with one account.
enum Person: String, CaseIterable, CustomStringConvertible {
    case plaintiff, defendant
    case filingClerk = "filing clerk"
    case clerk, judge, president
    /// Whichever judge takes it up; nobody's account.
    case anyJudge = "any judge"
    /// Drawn when the first had to step aside.
    case otherJudge = "other judge"
    /// The court's own machinery: the payment service, timers, deliveries.
    case machine
    /// Somebody who has no part in the case.
    case stranger

    var account: AccountID {
        switch self {
        case .plaintiff: .number(101)
        case .defendant: .number(102)
        case .filingClerk: .number(201)
        case .clerk: .number(202)
        case .judge: .number(203)
        case .president: .number(204)
        case .machine: .number(205)
        case .otherJudge: .number(206)
        case .anyJudge: .number(207)
        case .stranger: .number(301)
        }
    }

    /// The place in the case this person fills.
    var party: PartyID {
        switch self {
        case .plaintiff: .plaintiff
        case .defendant: .defendant
        default: .number(99)
        }
    }

    var acting: Acting {
        switch self {
        case .plaintiff: Acting(account: account, capacity: .party, party: .plaintiff)
        case .defendant: Acting(account: account, capacity: .party, party: .defendant)
        case .stranger: Acting(account: account, capacity: .party)
        case .filingClerk: Acting(account: account, capacity: .filingClerk)
        case .clerk: Acting(account: account, capacity: .clerk)
        case .judge, .otherJudge, .anyJudge: Acting(account: account, capacity: .judge)
        case .president: Acting(account: account, capacity: .president)
        case .machine: Acting(account: account, capacity: .court)
        }
    }

    var channel: Channel { self == .machine ? .system : .online }
    var description: String { rawValue }

    /// Signs these very bytes.
    func signs(_ document: DocumentReference) -> Signature {
        Signature(
            account: account, factor: .timeCode, at: "2026-03-02T02:00:00.000Z",
            digest: document.digest ?? .named("nothing"))
    }

    init(owing owner: Duty.Owner) {
        switch owner {
        case .party(let party):
            self = Person.allCases.first { $0.party == party } ?? .stranger
        case .judge(let account): self = Person.allCases.first { $0.account == account } ?? .stranger
        case .filingClerk: self = .filingClerk
        case .clerk: self = .clerk
        case .anyJudge: self = .anyJudge
        case .president: self = .president
        }
    }
}

extension Identifier {
    /// A name that is the same in every run.
    static func number(_ number: Int) -> Self { Self(high: 0x5E_ED, low: UInt64(number)) }
}

extension PartyID {
    static let plaintiff = PartyID.number(1)
    static let defendant = PartyID.number(2)
}
