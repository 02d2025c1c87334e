import Foundation
import Testing

@testable import Ledger

@Suite("xiezhi-verify, as a person runs it")
struct VerifyCommandTests {
    let receipts: ReceiptCase
    let scratch: Scratch

    init() throws {
        receipts = try ReceiptCase()
        scratch = receipts.scratch
        try scratch.write(Golden.policyText.utf8, to: "policy")
        try scratch.write(receipts.act.json, to: "act.json")
        try scratch.write(receipts.file.json, to: "file.json")
        try scratch.write(ReceiptCase.fileBytes, to: "contract.pdf")
        try scratch.write(Golden.proofText.utf8, to: "golden.tlog-proof")
        try scratch.write(Golden.entries[5], to: "entry")
    }

    private func verify(_ arguments: String...) throws -> (status: Int32, output: String, errors: String) {
        // Words that name a file of the scratch folder become its path.
        let words = arguments.map { FileManager.default.fileExists(atPath: scratch.file($0)) ? scratch.file($0) : $0 }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("xiezhi-verify")
        return try run(program, words)
    }

    @Test("good receipts")
    func goodReceipts() throws {
        let act = try verify("receipt", "act.json", "--policy", "policy")
        #expect(act.status == 0)
        #expect(act.output.contains("origin  ledger.example/court/1"))
        #expect(act.output.contains("entered 2026-01-05T01:02:00Z"))
        #expect(act.output.contains("witness notary (notary.example/w1) 2026-01-01T00:00:00Z"))
        #expect(try verify("receipt", "--file", "contract.pdf", "--policy", "policy", "file.json").status == 0)
    }

    @Test("tampered receipts")
    func tamperedReceipts() throws {
        let json = String(decoding: receipts.act.json, as: UTF8.self)
        try scratch.write(json.replacing("6850055", with: "6850056").utf8, to: "act.json")
        let act = try verify("receipt", "act.json", "--policy", "policy")
        #expect(act.status == 1)
        #expect(act.errors.contains("does not verify (content): 'act' is not what the court's entry commits to"))
        #expect(act.output.isEmpty)

        let wrongFile = try verify("receipt", "file.json", "--policy", "policy", "--file", "entry")
        #expect(wrongFile.status == 1)
        #expect(try verify("receipt", "file.json", "--policy", "policy").status == 1)
        #expect(try verify("receipt", "entry", "--policy", "policy").status == 1)
    }

    @Test("proof files")
    func proofs() throws {
        #expect(try verify("proof", "golden.tlog-proof", "--entry", "entry", "--policy", "policy").status == 0)
        let wrong = try verify("proof", "golden.tlog-proof", "--entry", "contract.pdf", "--policy", "policy")
        #expect(wrong.status == 1)
        #expect(wrong.errors.contains("does not verify (inclusion)"))
    }

    @Test("a log's folder")
    func log() throws {
        #expect(try verify("log", scratch.path, "--policy", "policy").status == 0)
        var bundle = try scratch.read("tile/entries/000.p/3")
        bundle[10] ^= 1
        try scratch.write(bundle, to: "tile/entries/000.p/3")
        let tampered = try verify("log", scratch.path, "--policy", "policy")
        #expect(tampered.status == 1)
        #expect(tampered.errors.contains("tile/0/000.p/3, position 0: is not the hash of entry 0"))
    }

    @Test(
        "bad usage",
        arguments: [
            [], ["help"], ["receipt"], ["receipt", "act.json"], ["receipt", "act.json", "--policy"],
            ["receipt", "act.json", "--policy", "missing"], ["receipt", "missing", "--policy", "policy"],
            ["receipt", "act.json", "file.json", "--policy", "policy"],
            ["receipt", "act.json", "--policy", "policy", "--policy", "policy"],
            ["receipt", "act.json", "--policy", "policy", "--entry", "entry"],
            ["proof", "golden.tlog-proof", "--policy", "policy"], ["log", "--policy", "policy"],
            ["log", "missing", "--policy", "policy"], ["receipt", "act.json", "--policy", "act.json"],
        ])
    func badUsage(arguments: [String]) throws {
        let words = arguments.map { FileManager.default.fileExists(atPath: scratch.file($0)) ? scratch.file($0) : $0 }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("xiezhi-verify")
        let result = try run(program, words)
        #expect(result.status == 2)
        #expect(!result.errors.isEmpty)
        #expect(result.output.isEmpty)
    }
}

func run(_ program: URL, _ arguments: [String]) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    let (output, errors) = (Pipe(), Pipe())
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // A few lines each: they fit the pipes, so reading one after the other cannot block the program.
    let outputText = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let errorText = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, outputText, errorText)
}

/// Has a program in another language, sharing no code, check a log's folder and a proof.
///
/// Does nothing where Python or its `cryptography` package is missing.
func runIndependentCheck(_ scratch: Scratch) throws {
    let env = URL(fileURLWithPath: "/usr/bin/env")
    guard try run(env, ["python3", "-c", "import cryptography"]).status == 0 else { return }
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("independent_check.py").path
    let log = try reopenFiles(scratch)
    try scratch.write("log \(Golden.logKey().verifierKey)\nquorum none\n".utf8, to: "policy")
    let size = try log.checkpoint().checkpoint.size
    try scratch.write(log.proofFile(index: size / 3).bytes, to: "proof")
    try scratch.write(log.entry(at: size / 3), to: "entry")
    let folder = try run(env, ["python3", script, "log", scratch.path, scratch.file("policy")])
    #expect(folder.status == 0, "\(folder.errors)")
    let proof = try run(
        env, ["python3", script, "proof", scratch.file("proof"), scratch.file("entry"), scratch.file("policy")])
    #expect(proof.status == 0, "\(proof.errors)")
}

private func reopenFiles(_ scratch: Scratch) throws -> LogFiles {
    LogFiles(directory: scratch.path, key: try Golden.logKey().verifierKey)
}
