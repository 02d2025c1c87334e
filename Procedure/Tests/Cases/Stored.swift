import Foundation
import Procedure

/// How the tests write a value down and read it again: JSON with its keys in order.
enum Stored {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}

/// What an earlier release wrote, kept in `Samples` beside the tests. A file is written once and never again: a shape
/// that changes gets a new version, and with it a new file.
enum Snapshot {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")

    /// The lines of a file; with `WRITE_SAMPLES=1` a file that is not there yet is written first.
    static func lines(_ name: String, orWrite lines: [String]) throws -> [String] {
        let file = folder.appending(path: name)
        let mayWrite = ProcessInfo.processInfo.environment["WRITE_SAMPLES"] == "1"
        if mayWrite, !FileManager.default.fileExists(atPath: file.path()) {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        }
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
