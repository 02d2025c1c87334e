import Testing

@testable import Ledger

@Suite("Trust policies")
struct TrustPolicyTests {
    static func key(_ number: UInt8) throws -> VerifierKey {
        try WitnessKey(
            name: #require(KeyName("w\(number).example")), seed: [UInt8](repeating: number, count: 32)
        ).verifierKey
    }

    static func witnesses(_ names: [String]) throws -> String {
        try names.enumerated().map { "witness \($1) \(try key(UInt8($0 + 1)))\n" }.joined()
    }

    @Test("two of three notaries and any one court")
    func nested() throws {
        let policy = try TrustPolicy(
            """
            # who must have seen it
            log \(Golden.logKey().verifierKey) https://ledger.example/court/1
            \(Self.witnesses(["n1", "n2", "n3", "c1", "c2"]))group notaries 2 n1 n2 n3
            group courts any c1 c2
            \tgroup  both\tall notaries courts

            quorum both
            """)
        let isMet = { (places: [UInt8]) in policy.isMet(by: try places.map(Self.key)) }
        #expect(try isMet([1, 3, 5]))
        #expect(try isMet([1, 2, 3, 4, 5]))
        #expect(try !isMet([1, 4, 5]))
        #expect(try !isMet([1, 2, 3]))
        #expect(try !isMet([]))
        #expect(policy.logs.map(\.url) == ["https://ledger.example/court/1"])
    }

    @Test("a quorum of none needs no witness")
    func none() throws {
        #expect(try Golden.unwitnessedPolicy().isMet(by: []))
    }

    @Test("a witness of a type we can't verify may be named and never counts")
    func unknownType() throws {
        let key = try VerifierKey(
            name: #require(KeyName("pq.example")), kind: .init(rawValue: 0x06),
            publicKey: [UInt8](repeating: 7, count: 1312))
        let policy = try TrustPolicy(Golden.policyText + "witness later \(key)\n")
        #expect(policy.witnesses.count == 2)
        let proof = try ProofFile(Array(Golden.proofText.utf8))
        #expect(try proof.verify(entry: Golden.entries[5], under: policy).cosignatures.count == 1)
    }

    @Test("32 logs, 32 witnesses and 32 groups")
    func many() throws {
        var text = ""
        for number in UInt8(1)...32 {
            let origin = try #require(Origin(rawValue: "log\(number).example"))
            text += "log \(try LogKey(origin: origin, seed: [UInt8](repeating: number, count: 32)).verifierKey)\n"
            text += "witness w\(number) \(try Self.key(number))\n"
            text += "group g\(number) 1 w\(number)\n"
        }
        #expect(try TrustPolicy(text + "quorum g32\n").isMet(by: [Self.key(32)]))
    }

    @Test(
        "refused, with the line",
        arguments: [
            ("quorum", 3), ("quorum missing", 3), ("quorum a\nquorum b", 4), ("group g 3 a b", 3), ("group g 0 a b", 3),
            ("group g 02 a b", 3), ("group g any", 3), ("group g any c", 3), ("group g any a a", 3),
            ("group g any a\ngroup h any a", 4), ("group a any b", 3), ("group none any a", 3), ("wintess a b", 3),
            ("quorum a\r", 3), ("quorum a b", 3), ("group g any g", 3), ("log x", 3), ("witness c", 3),
        ])
    func refused(text: String, line: Int) throws {
        let policy = try Self.witnesses(["a", "b"]) + text + "\n"
        let malformed = #expect(throws: Malformed.self) { try TrustPolicy(policy) }
        #expect(malformed?.line == line)
    }

    @Test("without a quorum line")
    func noQuorum() {
        #expect(throws: Malformed.self) { try TrustPolicy("") }
    }

    @Test("names that look the same are different when their bytes are")
    func byteNames() throws {
        let text = try "witness \u{E9} \(Self.key(1))\nwitness e\u{301} \(Self.key(2))\nquorum e\u{301}\n"
        #expect(try TrustPolicy(text).isMet(by: [Self.key(2)]))
        #expect(try !TrustPolicy(text).isMet(by: [Self.key(1)]))
    }
}
