import Foundation
import Testing

@testable import Ledger

/// The project's golden vector (design, ledger formats 12.5): eight entries, a log key and a witness key.
enum Golden {
    static let entries: [[UInt8]] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].map(bytes(hex:))

    static let leaves = entries.map { MerkleTree.leafHash($0) }

    static let logSeed = Array(UInt8(0x00)...0x1F)
    static let witnessSeed = Array(UInt8(0x20)...0x3F)
    static let time: UInt64 = 1_767_225_600

    static func logKey() throws -> LogKey {
        try LogKey(origin: #require(Origin(rawValue: "ledger.example/court/1")), seed: logSeed)
    }

    static func witnessKey() throws -> WitnessKey {
        try WitnessKey(name: #require(KeyName("notary.example/w1")), seed: witnessSeed)
    }

    static let policyText = """
        log ledger.example/court/1+4919780b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
        witness notary notary.example/w1+b6afd7db+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X
        quorum notary

        """

    static func policy() throws -> TrustPolicy { try TrustPolicy(policyText) }

    /// Believes the golden log without any witness.
    static func unwitnessedPolicy() throws -> TrustPolicy {
        try TrustPolicy("log \(logKey().verifierKey)\nquorum none\n")
    }

    static let proofText = """
        c2sp.org/tlog-proof@v1
        index 5
        vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
        yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
        037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

        ledger.example/court/1
        8
        XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

        — ledger.example/court/1 SRl4C8RSdJvDJJPgCCLegUsLaiSEg1e2NOBpydSBqw6SMWe85E9eHJ3Rmx9YXuzSIwuyMBQ0hvPuM9HY/tlriWakEgA=
        — notary.example/w1 tq/X2wAAAABpVbkAVVsX30ssGAiIAVFLNHTocrWhxbFoF4FyMCdFm6wAYpCVy1jKu9lMXAQ+vhfwXK7LXn173NBHJtUL7x7E4Ik0CA==

        """

    static let oldCheckpointText = """
        ledger.example/court/1
        3
        rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=

        — ledger.example/court/1 SRl4C0QJz1AB0dFOZGqHs7cnc6BSdYWAJxShmchHyTWKYrMBtx8Hd4qH6q/Tqmk/Olz6kn2iFIuzYejes7ER8VlAsgE=
        — notary.example/w1 tq/X2wAAAABpVbkAcDik1XIoFzVkJEIDh4zR2ZSmiVtEW4unvK4O1l40W2hUSIY7rZ8zz17EkAP1OZc6IzG9b73jd09x7nVChrJdBg==

        """

    /// From stored size 3 to the checkpoint of size 8.
    static let consistencyPath = [
        "ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=", "B1Bqhf2d0vEg62lPhgEeW7RmLlxBWmKRcDPUqWJEh+c=",
        "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=", "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ]
}

func bytes(hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}

func hash(hex: String) throws -> Hash { try #require(Hash(bytes(hex: hex))) }

/// A folder of its own for one test, gone when the test is over.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func read(_ name: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: file(name)), "no file \(name)"))
    }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        let url = URL(fileURLWithPath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// Every file below the folder with its bytes, without what is private to the writer.
    func served() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: file(name), isDirectory: &isFolder)
            if !isFolder.boolValue, name != "lock", !name.hasPrefix("tmp/") { files[name] = try read(name) }
        }
        return files
    }
}
