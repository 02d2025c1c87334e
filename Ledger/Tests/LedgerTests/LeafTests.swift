import Testing

@testable import Ledger

/// The vector of the decisions page, "The leaf".
enum LeafVector {
    static let content =
        #"{"body":{"claim":{"amount":"6850055","currency":"CNY"},"facts":"网购纠纷"},"by":"00000000000000000000000001","capacity":"party","channel":"online","docket":"00000000000000000000000000","entered":"2026-01-05T01:02:03.010Z","for":"00000000000000000000000002","happened":"2026-01-05T01:02:03.004Z","id":"00000000000000000000000003","position":1,"type":"filing.submitted","under":["OLR2021:9"],"version":1,"volume":"main"}"#
    static let docket = "00000000000000000000000000"
    static let act = "05209f06036b901a9eda3159b29595cc80be56a7f3075899d7449908f7943ead"
    static let chain = "c6211c70ca23f7b72340029bcced5c9b078e0864cf2747cab59578fe79dadf1f"
    static let entryHex = "a5010102010300041a01c1847e05825820\(act)5820\(chain)"
    static let minutes: UInt64 = 29_459_582

    static func salt() throws -> LeafSalt { try #require(LeafSalt(Array(0x00...0x1F))) }

    static func entry() throws -> LeafEntry {
        try LeafEntry(kind: .act, minutes: minutes, commitments: [hash(hex: act), hash(hex: chain)])
    }
}

@Suite("The leaf")
struct LeafTests {
    @Test("the vector: digest, commitments, entry and leaf hash")
    func vector() throws {
        let content = Array(LeafVector.content.utf8)
        #expect(Hash.sha256(content).hex == "820522524b6702c3f80962b72f1f530a7b87a8b6bae8f046994fc71d846707d3")

        let salt = try LeafVector.salt()
        let chain = try #require(chainText(docket: LeafVector.docket, position: 1, previous: nil))
        let act = salt.commitment(.act, to: content)
        let place = salt.commitment(.chain, to: Array(chain.utf8))
        #expect(act.hex == LeafVector.act)
        #expect(place.hex == LeafVector.chain)

        let entry = try LeafEntry(kind: .act, minutes: LeafVector.minutes, commitments: [act, place])
        #expect(Hex.encode(entry.bytes) == LeafVector.entryHex)
        #expect(entry.bytes.count == 83)
        #expect(
            MerkleTree.leafHash(entry.bytes).hex == "84f899b94a8358384d5c285e079d156ff959aa449d2be3d432d028695d998e39")
        #expect(try LeafEntry(entry.bytes) == entry)
    }

    @Test("a label's salt opens that label and no other")
    func labels() throws {
        let salt = try LeafVector.salt()
        let opened = salt.salt(for: .act)
        let digest = Hash.sha256(Array(LeafVector.content.utf8))
        #expect(opened.commitment(.act, toDigest: digest) == salt.commitment(.act, toDigest: digest))
        #expect(opened.commitment(.chain, toDigest: digest) != salt.commitment(.chain, toDigest: digest))
    }

    @Test("the chain names the previous entry in hex")
    func chain() {
        let previous = Hash.sha256(Array(LeafVector.content.utf8))
        #expect(
            chainText(docket: "0a", position: 2, previous: previous)
                == #"{"docket":"0a","position":2,"previous":"820522524b6702c3f80962b72f1f530a7b87a8b6bae8f046994fc71d846707d3"}"#
        )
        #expect(chainText(docket: "a\"b", position: 1, previous: nil) == nil)
        #expect(chainText(docket: "0a", position: 0, previous: nil) == nil)
        #expect(chainText(docket: "0a", position: 1 << 53, previous: nil) == nil)
    }

    @Test("every kind, large numbers and the longest entry read back")
    func readBack() throws {
        for kind in LeafEntry.Kind.allCases {
            let count = kind.labels?.count ?? 3
            let numbers: [UInt64] = [0, 23, 24, 255, 256, 65_535, 65_536, 0xFFFF_FFFF, 1 << 32, Decimal.most]
            for number in numbers {
                let entry = try LeafEntry(
                    kind: kind, issuer: number, minutes: number,
                    commitments: Array(repeating: MerkleTree.emptyRoot, count: count))
                #expect(try LeafEntry(entry.bytes) == entry)
            }
        }
        let most = Array(repeating: MerkleTree.emptyRoot, count: 120)
        #expect(try LeafEntry(kind: .statistics, minutes: 0, commitments: most).bytes.count == 4_092)
        #expect(throws: Malformed.self) {
            try LeafEntry(kind: .statistics, minutes: 0, commitments: most + most.prefix(1))
        }
    }

    @Test("numbers of commitments that a kind does not have")
    func wrongCounts() {
        let one = MerkleTree.emptyRoot
        #expect(throws: Malformed.self) { try LeafEntry(kind: .act, minutes: 0, commitments: [one]) }
        #expect(throws: Malformed.self) { try LeafEntry(kind: .file, minutes: 0, commitments: [one, one]) }
        #expect(throws: Malformed.self) { try LeafEntry(kind: .deposit, minutes: 0, commitments: []) }
    }

    static let tail = "0581 5820 " + String(repeating: "ab", count: 32)

    @Test(
        "other spellings of an entry",
        arguments: [
            ("a longer number than needed", "a5 01 1801 0202 0300 0400"), ("a long key", "a5 1801 01 0202 0300 0400"),
            ("minutes in 8 bytes", "a5 0101 0202 0300 041b0000000001c1847e"), ("format 2", "a5 0102 0202 0300 0400"),
            ("kind 0", "a5 0101 0200 0300 0400"), ("kind 9", "a5 0101 0209 0300 0400"),
            ("kind 257", "a5 0101 02190101 0300 0400"), ("a negative issuer", "a5 0101 0202 0320 0400"),
            ("keys out of order", "a5 0101 0202 0400 0300"), ("indefinite map", "bf 0101 0202 0300 0400"),
            ("a map of four", "a4 0101 0202 0300 0400"), ("a reserved length", "a5 011c 0202 0300 0400"),
            ("minutes past 63 bits", "a5 0101 0202 0300 041bffffffffffffffff"), ("an array", "85 0101 0202 0300 0400"),
        ])
    func otherSpellings(name: String, hex: String) throws {
        #expect(throws: Never.self) { try LeafEntry(bytes(hex: "a5 0101 0202 0300 0400" + Self.tail)) }
        #expect(throws: Malformed.self) { try LeafEntry(bytes(hex: hex + Self.tail)) }
    }

    @Test("every shortened entry, one with more behind it, and every changed head")
    func cut() throws {
        let good = try LeafVector.entry().bytes
        for count in good.indices { #expect(throws: Malformed.self) { try LeafEntry(Array(good.prefix(count))) } }
        #expect(throws: Malformed.self) { try LeafEntry(good + [0]) }
    }
}
