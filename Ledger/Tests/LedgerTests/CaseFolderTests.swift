import Foundation
import Testing

@testable import Ledger

/// A case file of two entries, the second naming a file, as the court's own copy has it.
struct CaseFolderCase {
    static let docket = "00000000000000000000000000"
    static let photo = Array("订单截图".utf8)

    let scratch: Scratch
    let policy: String

    init() throws {
        scratch = try Scratch()
        let log = try TileLog.create(directory: scratch.file("log"), key: Golden.logKey())
        policy = "log \(try Golden.logKey().verifierKey)\nquorum none\n"
        let digest = "sha256:\(Hash.sha256(Self.photo).hex)"
        let contents = [
            Self.content(1, body: #"{"facts":"网购纠纷"}"#),
            Self.content(
                2,
                body:
                    #"{"exhibits":[{"file":{"bytes":12,"digest":"\#(digest)","file":"00000000000000000000000009","name":"订单.jpg"}}]}"#
            ),
        ]
        var salts: [LeafSalt] = []
        var leaves: [LeafEntry] = []
        var previous: Hash?
        for (index, content) in contents.enumerated() {
            let salt = try #require(LeafSalt([UInt8](repeating: UInt8(index), count: 32)))
            let place = try #require(chainText(docket: Self.docket, position: UInt64(index) + 1, previous: previous))
            leaves.append(
                try LeafEntry(
                    kind: .act, minutes: LeafVector.minutes,
                    commitments: [
                        salt.commitment(.act, to: Array(content.utf8)), salt.commitment(.chain, to: Array(place.utf8)),
                    ]))
            salts.append(salt)
            previous = Hash.sha256(Array(content.utf8))
        }
        try log.append(leaves.map(\.bytes))
        var entries: [String] = []
        for (index, content) in contents.enumerated() {
            let receipt = try #require(
                LedgerReceipt(
                    content: content, salt: salts[index], entry: leaves[index],
                    proof: log.files.proofFile(index: UInt64(index))))
            try write(Array(content.utf8), to: "docket/000\(index + 1).json")
            try write(receipt.json, to: "receipts/000\(index + 1).json")
            let chain = Base64.encode(salts[index].salt(for: .chain).bytes)
            entries.append(
                #"{"chain":"\#(chain)","content":"docket/000\#(index + 1).json","id":"0000000000000000000000000\#(index + 1)","receipt":"receipts/000\#(index + 1).json"}"#
            )
        }
        try write(Self.photo, to: "files/001-订单.jpg")
        let manifest = """
            {"docket":"\(Self.docket)","entries":[\(entries.joined(separator: ","))],"files":[{"digest":"\(digest)",\
            "path":"files/001-订单.jpg","state":"included"}],"format":"xiezhi-case-file/1","pages":[]}
            """
        try write(Array(manifest.utf8), to: "manifest.json")
        try write(Array(policy.utf8), to: "ledger-policy.txt")
    }

    func path(_ name: String) -> String { scratch.file("case/\(name)") }

    func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    private static func content(_ position: Int, body: String) -> String {
        """
        {"body":\(body),"docket":"\(docket)","entered":"2026-01-05T01:02:03.010Z","id":"0000000000000000000000000\(position)",\
        "position":\(position)}
        """
    }
}

@Suite("xiezhi-verify, on a case file that was unpacked")
struct CaseFolderTests {
    let file: CaseFolderCase

    init() throws { file = try CaseFolderCase() }

    private func verify() throws -> (status: Int32, output: String, errors: String) {
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("xiezhi-verify")
        return try run(program, ["case", file.path(""), "--policy", file.path("ledger-policy.txt")])
    }

    @Test("a whole case file verifies, and nothing is missing from it")
    func good() throws {
        let result = try verify()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("proven  5"))
        #expect(result.output.contains("no entry is missing"))
    }

    @Test(
        "one changed byte is named by its file",
        arguments: ["docket/0001.json", "receipts/0002.json", "files/001-订单.jpg"])
    func altered(name: String) throws {
        var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file.path(name))))
        bytes[bytes.count / 2] ^= 1
        try file.write(bytes, to: name)
        let result = try verify()
        #expect(result.status == 1)
        #expect(result.errors.contains(name))
        #expect(result.output.isEmpty)
    }

    @Test("a file that is gone, and an entry left out of the table of contents, are missed")
    func missing() throws {
        try FileManager.default.removeItem(atPath: file.path("files/001-订单.jpg"))
        #expect(try verify().errors.contains("files/001-订单.jpg is missing"))

        let manifest = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: file.path("manifest.json"))), as: UTF8.self)
        let first = try #require(manifest.firstMatch(of: /\{"chain":[^}]*0001.json"\},/))
        try file.write(Array(manifest.replacing(first.output, with: "").utf8), to: "manifest.json")
        #expect(try verify().errors.contains("docket/0002.json does not follow on the entry before"))
    }

    @Test("a path that leads out of the folder is not read")
    func pathOutside() throws {
        let manifest = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: file.path("manifest.json"))), as: UTF8.self)
        try file.write(CaseFolderCase.photo, to: "../photo.jpg")
        try file.write(Array(manifest.replacing("files/001-订单.jpg", with: "../photo.jpg").utf8), to: "manifest.json")
        let result = try verify()
        #expect(result.status == 1)
        #expect(result.errors.contains("../photo.jpg is missing"))
    }
}
