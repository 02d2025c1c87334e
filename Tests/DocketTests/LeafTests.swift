import Crypto
import Foundation
import Ledger
import Procedure
import TestSupport
import Testing

@testable import Docket

@Suite("The leaf of an act")
struct LeafTests {
    /// The vector everyone can compute from the text of the format alone.
    static let content = """
        {"body":{"claim":{"amount":"6850055","currency":"CNY"},"facts":"网购纠纷"},"by":"00000000000000000000000001",\
        "capacity":"party","channel":"online","docket":"00000000000000000000000000",\
        "entered":"2026-01-05T01:02:03.010Z","for":"00000000000000000000000002",\
        "happened":"2026-01-05T01:02:03.004Z","id":"00000000000000000000000003","position":1,"type":"filing.submitted",\
        "under":["OLR2021:9"],"version":1,"volume":"main"}
        """
    static let commitments = (
        act: "05209f06036b901a9eda3159b29595cc80be56a7f3075899d7449908f7943ead",
        chain: "c6211c70ca23f7b72340029bcced5c9b078e0864cf2747cab59578fe79dadf1f"
    )

    private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("is the one of the format's vector, byte for byte")
    func vector() throws {
        let content = Array(Self.content.utf8)
        #expect(
            hexadecimal(SHA256.hash(data: content))
                == "820522524b6702c3f80962b72f1f530a7b87a8b6bae8f046994fc71d846707d3")
        let leaf = try ActLeaf.make(
            content: content, salt: Array(0..<32), docket: DocketID(high: 0, low: 0), position: 1, previous: [],
            entered: "2026-01-05T01:02:03.010Z")
        #expect(
            hexadecimal(leaf)
                == "a5010102010300041a01c1847e0582" + "5820" + Self.commitments.act + "5820" + Self.commitments.chain)
        #expect(leaf.count == 83)
        #expect(
            hexadecimal(MerkleTree.leafHash(leaf).bytes)
                == "84f899b94a8358384d5c285e079d156ff959aa449d2be3d432d028695d998e39")
    }

    @Test("canonical JSON of the vector's parts, in any order of members, is the vector's text")
    func canonical() throws {
        let json = try JSONReader.read(Array(Self.content.utf8))
        #expect(try CanonicalJSON.bytes(json) == Array(Self.content.utf8))
    }

    @Test("changes with the content, the salt, the docket, the place and the entry before")
    func commitsToEverything() throws {
        func leaf(
            content: String = "{}", salt: UInt8 = 0, docket: UInt64 = 1, position: Int = 2, previous: UInt8 = 3
        ) throws -> [UInt8] {
            try ActLeaf.make(
                content: Array(content.utf8), salt: [UInt8](repeating: salt, count: 32),
                docket: DocketID(high: 0, low: docket), position: position,
                previous: [UInt8](repeating: previous, count: 32), entered: "2026-01-05T01:02:03.010Z")
        }
        let others = [
            try leaf(content: "[]"), try leaf(salt: 1), try leaf(docket: 2), try leaf(position: 3),
            try leaf(previous: 4),
        ]
        #expect(Set(others + [try leaf()]).count == 6)
        #expect(throws: EntryFailure.malformed) {
            try ActLeaf.make(
                content: [], salt: [1, 2, 3], docket: DocketID(high: 0, low: 1), position: 1, previous: [],
                entered: "2026-01-05T01:02:03.010Z")
        }
    }

    @Test("is stored with each act, chained to the one before, and opens with what a receipt carries")
    func stored() async throws {
        try await BareCourt.on { court in
            let docket = try await court.opened(acts: 3)
            let opened = try await court.registry.entries(of: docket)
            let stored = try await court.registry.storedEntries(of: docket)
            var previous: [UInt8] = []
            for (entry, row) in zip(opened, stored) {
                #expect(
                    row.leaf
                        == (try ActLeaf.make(
                            content: entry.content, salt: entry.salt.bytes, docket: docket,
                            position: entry.entry.position, previous: previous, entered: entry.entry.entered)))
                previous = Array(SHA256.hash(data: entry.content))
            }
            #expect(Set(stored.map(\.leaf)).count == 3)
        }
    }
}
