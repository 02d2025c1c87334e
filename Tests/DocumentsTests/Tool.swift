import Foundation

/// An outside program that reads what we drew and has its own opinion.
enum Tool {
    struct Outcome {
        let status: Int32
        let output: String
    }

    /// Runs a program with the bytes in a file of its own, whose path takes the place of `FILE` in the arguments.
    static func run(_ program: String, _ arguments: [String], on bytes: [UInt8]) throws -> Outcome {
        try withFolder { folder in
            let file = folder.appendingPathComponent("document.pdf")
            try Data(bytes).write(to: file)
            return try run(program, arguments.map { $0 == "FILE" ? file.path : $0 })
        }
    }

    static func run(_ program: String, _ arguments: [String]) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    static func text(_ pdf: [UInt8]) throws -> String {
        try run("pdftotext", ["FILE", "-"], on: pdf).output.filter { !$0.isWhitespace }
    }

    static func pages(_ pdf: [UInt8]) throws -> Int {
        let info = try run("pdfinfo", ["FILE"], on: pdf).output
        return info.split(separator: "\n").first { $0.hasPrefix("Pages:") }
            .flatMap { Int($0.dropFirst(6).filter(\.isNumber)) } ?? 0
    }
}
