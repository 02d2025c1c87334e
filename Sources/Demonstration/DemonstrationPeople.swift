import Accounts
import CourtServer
import Docket
import Foundation
import Procedure
import Storage

/// The people of a demonstration court. They sign in the way everybody does; only their passwords and codes are kept.
package struct DemonstrationPerson: Codable, Hashable, Sendable {
    package enum Part: String, Codable, CaseIterable, Sendable {
        case plaintiff, defendant
        case filingClerk = "filing-clerk"
        case clerk, judge
        case secondJudge = "judge-2"
        case president, administrator

        package var name: Words {
            switch self {
            case .plaintiff: Words("原告", "Plaintiff")
            case .defendant: Words("被告", "Defendant")
            case .filingClerk: Words("立案人员", "Filing clerk")
            case .clerk: Words("书记员", "Court clerk")
            case .judge, .secondJudge: Words("法官", "Judge")
            case .president: Words("院长", "Court president")
            case .administrator: Words("系统管理员", "Administrator")
            }
        }

        var offices: Set<Office> {
            switch self {
            case .plaintiff, .defendant: []
            case .filingClerk: [.filingClerk]
            case .clerk: [.clerk]
            case .judge, .secondJudge: [.judge]
            case .president: [.president]
            case .administrator: [.administrator]
            }
        }
    }

    package let part: Part
    package let name: String
    package let signInName: String
    let password: String
    let secret: OneTimePasswordSecret.Kept
    package let account: AccountID
}

/// Makes the people through the same use cases a real court has, once.
struct DemonstrationCast {
    let court: CourtHouse
    private let client = Client(address: "127.0.0.1", device: "demonstration")

    /// Made-up people. Their resident numbers have right check digits and the area code 110000, which issues no documents.
    private static let cast: [(DemonstrationPerson.Part, String, String, String)] = [
        (.administrator, "管理员", "admin", ""),
        (.filingClerk, "周宁", "zhouning", ""),
        (.clerk, "林静", "linjing", ""),
        (.judge, "赵明", "zhaoming", ""),
        (.secondJudge, "何文", "hewen", ""),
        (.president, "孙毅", "sunyi", ""),
        (.plaintiff, "王芳", "13900000001", "1990-03-07"),
        (.defendant, "陈立", "13900000002", "1985-11-21"),
    ]

    func make() async throws -> [DemonstrationPerson] {
        var people: [DemonstrationPerson] = []
        var clerk: Viewer?
        var administrator: Viewer?
        for (part, name, signInName, _) in Self.cast {
            let password = Data(SecureRandom.bytes(18)).base64EncodedString()
            switch part {
            case .administrator:
                let code = try await court.accounts.createFirstAdministrator(name: name, signInName: signInName)
                let (person, viewer) = try await enrol(code, part, name, signInName, password)
                administrator = viewer
                people.append(person)
            case .plaintiff, .defendant:
                guard let clerk else { continue }
                people.append(try await register(part, name, signInName, password, checkedBy: clerk))
            default:
                guard let viewer = administrator else { continue }
                let staff = try NewStaff(
                    name: name, signInName: signInName, offices: part.offices, residentNumber: nil)
                let office = part.offices.map(\.rawValue).joined()
                let registry = court.registry
                let docket = court.row.docket
                try await registry.vault.load([docket])
                let code = try await court.accounts.createStaff(staff, by: viewer) { transaction, account in
                    try registry.join(transaction) { entering in
                        var open = try entering.docket(docket)
                        try entering.enter(
                            [
                                DecidedAct(
                                    .court(.officeGiven(OfficeGiven(account: account, name: name, office: office))))
                            ],
                            in: &open, by: Acting(account: viewer.account, capacity: .administrator))
                    }
                }
                let (person, signedIn) = try await enrol(code, part, name, signInName, password)
                if part == .filingClerk { clerk = signedIn }
                people.append(person)
            }
        }
        return people
    }

    private func enrol(
        _ code: EnrolmentCode, _ part: DemonstrationPerson.Part, _ name: String, _ signInName: String,
        _ password: String
    ) async throws -> (DemonstrationPerson, Viewer) {
        let token = try await court.accounts.enrol(with: code.code.text, password: password, from: client)
        return try await secondFactor(token, part, name, signInName, password, account: code.account)
    }

    private func register(
        _ part: DemonstrationPerson.Part, _ name: String, _ mobile: String, _ password: String,
        checkedBy clerk: Viewer
    ) async throws -> DemonstrationPerson {
        let number = Self.residentNumber(of: part) ?? ""
        let registration = try Registration(name: name, residentNumber: number, mobile: mobile, password: password)
        let registry = court.registry
        let docket = try await registry.newDocket()
        let photograph = try await court.files.put(
            Array("demonstration document of \(part.rawValue)\n".utf8), in: docket, .main, name: "证件照片.txt")
        let files = court.files
        _ = try await court.accounts.register(registration, photographs: [photograph.id], from: client) {
            transaction, account in
            try registry.join(transaction) { entering in
                try files.record(photograph, at: entering.now, in: transaction)
                var open = try entering.open(docket, kind: .person)
                try entering.enter(
                    [
                        DecidedAct(
                            .person(
                                .registered(
                                    PersonRegistered(
                                        account: account.id, name: name, residentNumber: number, telephone: mobile,
                                        photographs: []))))
                    ],
                    in: &open, by: Acting(account: account.id, capacity: .party))
            }
        }
        let token = try await signIn(name: mobile, password: password)
        guard let waiting = try await court.accounts.viewer(for: token) else { throw NotFound() }
        let (person, _) = try await secondFactor(token, part, name, mobile, password, account: waiting.account)
        let viewer = clerk
        let checks = try await court.accounts.waitingIdentityChecks(for: viewer)
        for check in checks where check.account.id == person.account {
            try await court.accounts.decide(.verified, on: check.id, by: viewer) { transaction, _, _ in
                try registry.join(transaction) { entering in
                    var open = try entering.docket(docket)
                    try entering.enter(
                        [
                            DecidedAct(
                                .person(
                                    .verified(IdentityVerified(account: person.account, method: .demonstration))))
                        ],
                        in: &open, by: Acting(account: viewer.account, capacity: .filingClerk))
                }
            }
        }
        return person
    }

    private func secondFactor(
        _ token: SessionToken, _ part: DemonstrationPerson.Part, _ name: String, _ signInName: String,
        _ password: String, account: AccountID
    ) async throws -> (DemonstrationPerson, Viewer) {
        guard let viewer = try await court.accounts.viewer(for: token) else { throw NotFound() }
        let secret = try await court.accounts.beginSecondFactor(by: viewer)
        let set = try await confirm(secret, in: token)
        guard let signedIn = try await court.accounts.viewer(for: set.token) else { throw NotFound() }
        let person = DemonstrationPerson(
            part: part, name: name, signInName: signInName, password: password, secret: secret.kept, account: account)
        return (person, signedIn)
    }

    /// On a slow machine a code may be over by the time it is looked at: then the next one is given.
    private func confirm(_ secret: OneTimePasswordSecret, in token: SessionToken) async throws -> SecondFactorSet {
        for _ in 0..<5 {
            do {
                return try await court.accounts.confirmSecondFactor(
                    secret.code(at: court.registry.clock.now, later: -1), in: token, from: client)
            } catch is SecondFactorRefused {
                continue
            }
        }
        throw SecondFactorRefused()
    }

    private func signIn(name: String, password: String) async throws -> SessionToken {
        switch try await court.accounts.signIn(name: name, password: password, from: client) {
        case .signedIn(let token), .secondFactorNeeded(let token): token
        }
    }

    /// A new session for a demonstration person; a code already used makes way for the next one.
    ///
    /// - Throws: `TooManyAttempts` when the same card was chosen several times within half a minute.
    func token(of person: DemonstrationPerson) async throws -> SessionToken {
        let waiting = try await signIn(name: person.signInName, password: person.password)
        let secret = OneTimePasswordSecret(person.secret)
        for later in [-1, 0, 1] {
            do {
                return try await court.accounts.giveSecondFactor(
                    secret.code(at: court.registry.clock.now, later: Int64(later)), in: waiting, from: client)
            } catch is SecondFactorRefused {
                continue
            }
        }
        let now = court.registry.clock.now.milliseconds
        throw TooManyAttempts(retryAt: Instant(milliseconds: (now / 30_000 + 1) * 30_000))
    }

    /// The resident number of a party of the cast.
    static func residentNumber(of part: DemonstrationPerson.Part) -> String? {
        guard let birthDay = cast.first(where: { $0.0 == part })?.3, !birthDay.isEmpty else { return nil }
        return residentNumber(born: birthDay, sequence: part == .plaintiff ? 4 : 7)
    }

    /// A number with the area code 110000, which issues no documents, and its right check digit (GB 11643).
    private static func residentNumber(born day: String, sequence: Int) -> String {
        let body = "110000" + day.filter(\.isNumber) + "00\(sequence)"
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }
}
