import Foundation
import Logging
import Synchronization

/// One JSON object a line on standard output. Line breaks and escape sequences in values stay inside their string, so
/// that nobody can forge a line.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let write: @Sendable (String) -> Void

    package init(
        label: String, level: Logger.Level = .info, write: @escaping @Sendable (String) -> Void = standardOutput
    ) {
        self.label = label
        logLevel = level
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line = "{\"at\":\(Self.quoted(Self.now())),\"level\":\"\(event.level)\",\"log\":\(Self.quoted(label))"
        line += ",\"message\":\(Self.quoted(event.message.description))"
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line += ",\(Self.quoted(key)):\(Self.quoted("\(value)"))"
        }
        write(line + "}\n")
    }

    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            default:
                // C1 controls start escape sequences in some terminals.
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || [0x2028, 0x2029].contains(scalar.value)
                {
                    let digits = String(scalar.value, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    private static func now() -> String {
        Date.now.formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
    }

    /// Whole lines only, also when many threads log at once.
    package static let standardOutput: @Sendable (String) -> Void = { line in
        output.withLock { _ in FileHandle.standardOutput.write(Data(line.utf8)) }
    }
    private static let output = Mutex(())
}
