import Crypto
import Docket
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Procedure
import Proofs
import Testing

@testable import CaseFile

@Suite("The case file proves itself")
struct CaseFileTests {
    @Test("it holds every entry with a receipt that verifies offline, and every file under the digest an entry names")
    func provesItself() async throws {
        try await FiledCase.with { filed in
            try await filed.asked { client in
                let answer = try await client.get(filed.path, as: .plaintiff)
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "application/zip")
                #expect(answer.headers[.contentLength] == "\(answer.bytes.count)")
                let unpacked = try Unpacked(answer.bytes)
                defer { unpacked.remove() }

                let policy = try TrustPolicy(unpacked.bytes("ledger-policy.txt"))
                #expect(try unpacked.bytes("ledger-policy.txt") == Array(filed.court.signing.policy.utf8))
                let manifest = try JSONReader.read(unpacked.bytes("manifest.json"))
                let entries = try await filed.court.registry.entries(of: filed.docket)
                #expect(manifest.list("entries").count == entries.count)
                var named: Set<String> = []
                for line in manifest.list("entries") {
                    let receipt = try LedgerReceipt(json: unpacked.bytes(try #require(line.text("receipt"))))
                    #expect(try receipt.verify(under: policy).opened == [.act])
                    let content = try unpacked.bytes(try #require(line.text("content")))
                    #expect(receipt.content == String(decoding: content, as: UTF8.self))
                    #expect(line.text("chain") == nil, "a party's copy opens nothing of the chain")
                    named.formUnion(try FilesNamed.by(content).map(\.digest.rawValue))
                }
                let files = manifest.list("files")
                #expect(files.count >= 5)
                #expect(Set(files.compactMap { $0.text("digest") }) == named)
                for file in files where file.text("state") == "included" {
                    let bytes = try unpacked.bytes(try #require(file.text("path")))
                    #expect("sha256:\(Hash.sha256(bytes).hex)" == file.text("digest"))
                }
                let listed = files.filter { $0.text("state") == "included" }.count + 2 * entries.count + 4
                #expect(unpacked.names.count == listed, "nothing is in it that is not accounted for")
            }
        }
    }

    @Test("what one reader may not see is a line without content; who is nobody in the case finds nothing")
    func onePerReader() async throws {
        try await FiledCase.with { filed in
            try await filed.asked { client in
                func withheld(_ reader: FiledCase.Reader) async throws -> [JSONValue] {
                    let unpacked = try Unpacked(try await client.get(filed.path, as: reader).bytes)
                    defer { unpacked.remove() }
                    let files = try JSONReader.read(unpacked.bytes("manifest.json")).list("files")
                    let kept = files.filter { $0.text("state") == "withheld" }
                    for file in kept {
                        #expect(!unpacked.names.contains(try #require(file.text("path"))))
                    }
                    return kept
                }
                let letters = try await filed.court.registry.entries(of: filed.docket).compactMap { opened in
                    if case .participation(.invited(let body)) = opened.entry.act { body.letter } else { nil }
                }
                #expect(!letters.isEmpty, "the simulated case has a letter to the defendant")
                let hidden = try await withheld(.plaintiff).compactMap { $0.text("digest") }
                #expect(hidden == letters.flatMap(\.files).map(\.digest.rawValue))
                #expect(try await withheld(.defendant).isEmpty)
                #expect(try await withheld(.clerk).isEmpty)
                let stranger = try await client.get(filed.path, as: .stranger)
                #expect(stranger.status == .notFound)
                #expect(
                    try await client.get("/cases/\(DocketID.random())/file.zip", as: .plaintiff).status == .notFound)
            }
        }
    }

    @Test("the court's own copy opens the chain, so that a missing entry would be noticed")
    func wholeCopy() async throws {
        try await FiledCase.with { filed in
            try await filed.asked { client in
                let unpacked = try Unpacked(try await client.get(filed.path, as: .clerk).bytes)
                defer { unpacked.remove() }
                let manifest = try JSONReader.read(unpacked.bytes("manifest.json"))
                var previous: Hash?
                for (index, line) in manifest.list("entries").enumerated() {
                    let salt = try #require(
                        line.text("chain").flatMap { Data(base64Encoded: $0) }.flatMap { LabelSalt(Array($0)) })
                    let receipt = try LedgerReceipt(json: unpacked.bytes(try #require(line.text("receipt"))))
                    let leaf = try LeafEntry(Array(try #require(Data(base64Encoded: receipt.entry))))
                    let place = try #require(
                        chainText(docket: filed.docket.rawValue, position: UInt64(index) + 1, previous: previous))
                    #expect(
                        salt.commitment(.chain, toDigest: Hash.sha256(Array(place.utf8))) == leaf.commitments.last)
                    previous = Hash.sha256(try unpacked.bytes(try #require(line.text("content"))))
                }
            }
        }
    }

    @Test("a broken download goes on where it stopped: the same bytes again, although the ledger has grown")
    func resumes() async throws {
        try await FiledCase.with { filed in
            try await filed.asked { client in
                let whole = try await client.get(filed.path, as: .plaintiff)
                let tag = try #require(whole.headers[.eTag])
                #expect(tag.hasPrefix("\"") && tag.count == 66)

                let other = try await filed.court.registry.newDocket()
                try await filed.court.registry.write(on: [other]) { t in
                    var open = try t.open(other, kind: .court)
                    let act = DecidedAct(.court(.keyPublished(KeyPublished(use: "test", key: "key"))))
                    try t.enter([act], in: &open, by: Acting(account: .random(), capacity: .court))
                }
                let again = try await client.get(filed.path, as: .plaintiff)
                #expect(again.bytes == whole.bytes)
                #expect(again.headers[.eTag] == tag)

                let length = whole.bytes.count
                let ranges: [(String, Range<Int>)] = [
                    ("bytes=0-0", 0..<1), ("bytes=1000-", 1_000..<length), ("bytes=-22", (length - 22)..<length),
                    ("bytes=\(length / 2)-\(length / 2 + 99)", (length / 2)..<(length / 2 + 100)),
                    ("bytes=\(length - 1)-\(length + 50)", (length - 1)..<length),
                ]
                for (range, expected) in ranges {
                    let part = try await client.get(filed.path, as: .plaintiff, [.range: range, .ifRange: tag])
                    #expect(part.status == .partialContent)
                    #expect(part.bytes == Array(whole.bytes[expected]), "\(range)")
                    #expect(
                        part.headers[.contentRange]
                            == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/\(length)")
                }
                let past = try await client.get(filed.path, as: .plaintiff, [.range: "bytes=\(length)-"])
                #expect(past.status == .rangeNotSatisfiable)
                #expect(past.headers[.contentRange] == "bytes */\(length)")
                let stale = try await client.get(
                    filed.path, as: .plaintiff,
                    [.range: "bytes=5-", .ifRange: "\"\(String(repeating: "0", count: 64))\""])
                #expect(stale.status == .ok && stale.bytes == whole.bytes, "a piece of another edition would be false")
                let head = try await client.get(filed.path, as: .plaintiff, method: .head)
                #expect(head.headers[.contentLength] == "\(length)" && head.headers[.eTag] == tag)
            }
        }
    }

    @Test("a whole case leaves only with a fresh second factor; what has begun with one may go on")
    func freshFactor() async throws {
        try await FiledCase.with { filed in
            try await filed.asked { client in
                #expect(try await client.get(filed.path, as: .tired).status == .forbidden)
                #expect(try await client.get(filed.path, as: .tired, [.range: "bytes=0-"]).status == .forbidden)
                let guess = "\"\(String(repeating: "0", count: 64))\""
                #expect(
                    try await client.get(filed.path, as: .tired, [.range: "bytes=9-", .ifRange: guess]).status
                        == .forbidden)
                let begun = try await client.get(filed.path, as: .plaintiff)
                let tag = try #require(begun.headers[.eTag])
                let rest = try await client.get(filed.path, as: .tired, [.range: "bytes=9-", .ifRange: tag])
                #expect(rest.status == .partialContent)
                #expect(rest.bytes == Array(begun.bytes[9...]))
            }
        }
    }

    @Test("the case page offers it to who may take it along, with its size and how to check it")
    func offered() async throws {
        try await FiledCase.with { filed in
            try await filed.asked { client in
                let page = try await client.get("/cases/\(filed.docket)", as: .plaintiff, [.acceptLanguage: "en"]).text
                #expect(page.contains("href=\"\(filed.path)\""))
                #expect(page.contains("drop the zip on it"))
                #expect(try await client.get("/cases/\(filed.docket)/archive", as: .clerk).text.contains(filed.path))
            }
        }
    }
}

extension JSONValue {
    func list(_ name: String) -> [JSONValue] {
        guard case .object(let members) = self, case .array(let items)? = members[name] else { return [] }
        return items
    }

    func text(_ name: String) -> String? {
        guard case .object(let members) = self, case .text(let text)? = members[name] else { return nil }
        return text
    }
}
