import Accounts
import CourtServer
import Crypto
import Demonstration
import Docket
import Foundation
import Procedure
import Storage
import Web

/// A person of the bench who can sign in, and the session they have.
struct BenchPerson: Sendable {
    let account: AccountID
    let token: String
    let name: String
}

/// A case in which a person may write: its complaint is sent, and an address for service is confirmed.
struct BenchCase: Sendable {
    let docket: DocketID
    let acting: Acting
}

/// Fills a new court with the people and cases a measurement needs, through the rules and use cases a court has.
struct BenchCourt: Sendable {
    let court: CourtHouse
    let notice: NoticeShown

    /// Makes a court in an empty folder.
    static func make(in folder: String) async throws -> BenchCourt {
        let place = CourtPlace(folder: folder)
        try await CourtHouse.found(
            at: place, profile: DemonstrationProfiles.internet, ledgerName: "xiezhi.example/bench",
            logger: Bench.logger)
        return BenchCourt(
            court: try await CourtHouse.open(at: place, logger: Bench.logger),
            notice: try NoticeLibrary.shipped().electronicService.shown(in: .chinese))
    }

    // MARK: People

    /// Registers people, has a clerk verify them, and signs each in.
    func people(_ count: Int) async throws -> [BenchPerson] {
        let accounts = court.accounts
        let office = try await accounts.createFirstAdministrator(name: "量测管理员", signInName: "bench")
        let clerk = Viewer(
            account: office.account, name: "量测立案员", offices: [.filingClerk], session: .random(),
            secondFactorAt: court.registry.clock.now, isVerified: true)
        func client(_ number: Int) -> Client { Client(address: "127.0.1.\(number % 250 + 1)", device: "bench") }
        // Long enough to stand without a second factor.
        func password(_ number: Int) -> String { "a bench password of its own \(number)" }
        func mobile(_ number: Int) -> String { "1390001\(1_000 + number)" }

        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                let registration = try Registration(
                    name: "量测\(number)", residentNumber: Self.residentNumber(number), mobile: mobile(number),
                    password: password(number))
                group.addTask {
                    _ = try await accounts.register(registration, photographs: [.random()], from: client(number))
                }
            }
            try await group.waitForAll()
        }
        for check in try await accounts.waitingIdentityChecks(for: clerk, limit: count) {
            try await accounts.decide(.verified, on: check.id, by: clerk)
        }
        return try await withThrowingTaskGroup(of: BenchPerson.self) { group in
            for number in 0..<count {
                group.addTask {
                    let outcome = try await accounts.signIn(
                        name: mobile(number), password: password(number), from: client(number))
                    guard case .signedIn(let token) = outcome, let viewer = try await accounts.viewer(for: token) else {
                        throw SignInRefused()
                    }
                    return BenchPerson(account: viewer.account, token: token.rawValue, name: viewer.name)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// With the area code 110000, which issues no documents, and its right check digit (GB 11643).
    private static func residentNumber(_ number: Int) -> String {
        let body = "11000019900307" + String("\(1_000 + number)".suffix(3))
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }

    // MARK: Cases

    /// Begins cases of these people, so many each; in the order of the people, one of each first.
    func cases(of accounts: [AccountID], each count: Int) async throws -> [BenchCase] {
        var cases: [BenchCase] = []
        for _ in 0..<count {
            try await withThrowingTaskGroup(of: (Int, BenchCase).self) { group in
                for (index, account) in accounts.enumerated() { group.addTask { (index, try await begin(account)) } }
                var begun: [(Int, BenchCase)] = []
                for try await one in group { begun.append(one) }
                cases += begun.sorted { $0.0 < $1.0 }.map(\.1)
            }
        }
        return cases
    }

    private func begin(_ account: AccountID) async throws -> BenchCase {
        let docket = try await court.registry.newDocket()
        let stored = try await court.files.put(
            Array("民事起诉状 \(docket)\n".utf8), in: docket, .main, name: "起诉状.txt", mediaType: .text)
        let party = PartyID.random()
        let acting = Acting(account: account, capacity: .party, party: party)
        let document = DocumentReference(document: .random(), kind: .complaint, files: [try stored.reference])
        let files = court.files
        try await court.registry.write(on: [docket]) { t in
            try files.record(stored, at: t.now, in: t.storage)
            var open = try t.open(docket, kind: .matter)
            let complaint = try Self.complaint(document, of: acting, party, at: t.now)
            try t.enter(
                open.state.decide(SubmitComplaint(complaint: complaint), in: t.context(acting)), in: &open, by: acting)
        }
        let begun = BenchCase(docket: docket, acting: acting)
        // The first answer also gives consent; every later one is a single act.
        try await confirmAddress(in: begun, number: 0)
        return begun
    }

    /// One durable write of one act: a party says where papers reach it by post.
    ///
    /// - Returns: how many acts were entered.
    @discardableResult
    func confirmAddress(in bench: BenchCase, number: Int) async throws -> Int {
        guard let party = bench.acting.party else { throw Refusal.notAParty }
        let command = ConfirmAddress(
            party: party, account: bench.acting.account, notice: notice, postal: Self.address(number))
        let consent = AnswerConsent(party: party, stage: .service, agreed: true, notice: notice)
        return try await court.registry.write(on: [bench.docket]) { t in
            var open = try t.docket(bench.docket)
            let context = t.context(bench.acting)
            var entered = try t.enter(open.state.decide(consent, in: context), in: &open, by: bench.acting)
            entered += try t.enter(open.state.decide(command, in: context), in: &open, by: bench.acting)
            return entered.count
        }
    }

    static func address(_ number: Int) -> String { "演示市量测路\(number % 900 + 1)号\(number / 900 + 1)室" }

    private static func complaint(
        _ document: DocumentReference, of acting: Acting, _ party: PartyID, at now: Instant
    ) throws -> Complaint {
        guard let digest = document.digest else { throw Refusal.incompleteComplaint }
        return Complaint(
            cause: "C088.08",
            parties: [
                PartyPlace(
                    party: party, role: .plaintiff, ordinal: 1,
                    details: PartyDetails(
                        name: "量测原告", residentNumber: residentNumber(1), address: address(0),
                        telephone: "13900010001", tradeName: nil)),
                PartyPlace(
                    party: .random(), role: .defendant, ordinal: 1,
                    details: PartyDetails(
                        name: "量测被告", residentNumber: nil, address: address(1), telephone: "13900010002",
                        tradeName: "量测小店")),
            ],
            claims: [Claim(claim: .random(), kind: .refund, text: "判令被告退还货款980元", amount: .yuan(980))],
            facts: "原告在被告经营的网店购买茶叶两盒，价款980元，页面写明为当年春茶；收货后发现生产日期为两年以前，被告拒绝退款。",
            answers: ["platform": "演示商城"], form: "online-shopping/1", exhibits: [], document: document,
            signature: Signature(account: acting.account, factor: .demonstration, at: now, digest: digest))
    }
}
