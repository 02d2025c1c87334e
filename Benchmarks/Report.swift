import Foundation

/// The table, and the same as JSON.
struct Report: Sendable {
    let measures: [Measure]

    private static let heads = ["part", "measure", "value", "limit", "ratio", "required", "ok"]

    /// Rows of equal width; a note below a row that has one.
    var table: String {
        let rows = measures.map { measure in
            [
                measure.part, measure.name, "\(Measure.text(measure.value)) \(measure.unit)",
                measure.limit.map { "\(Measure.text($0.value)) \($0.unit), \($0.name)" } ?? "",
                measure.ratio.map(Measure.text) ?? "", measure.required,
                measure.isKept.map { $0 ? "yes" : "NO" } ?? "",
            ]
        }
        let widths = Self.heads.indices.map { column in ([Self.heads] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
                .joined(separator: "  ").trimmingCharacters(in: .whitespaces)
        }
        var lines = [line(Self.heads), widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")]
        for (row, measure) in zip(rows, measures) {
            lines.append(line(row))
            if !measure.note.isEmpty { lines.append("    \(measure.note)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var missed: [Measure] { measures.filter { $0.isKept == false } }

    private struct Document: Encodable {
        struct Row: Encodable {
            let part, name, unit, required, note: String
            let value: Double
            let limit: Measure.Limit?
            let ratio: Double?
            let ok: Bool?
        }
        let at: String
        let processors: Int
        let memoryMiB: Int
        let processor: String
        let measures: [Row]
    }

    /// Adds to what earlier parts of the same folder left, each part's newest numbers only.
    func write(to folder: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        for (part, own) in Dictionary(grouping: measures, by: \.part) {
            let document = Document(
                at: Date.now.formatted(.iso8601), processors: ProcessInfo.processInfo.activeProcessorCount,
                memoryMiB: Int(ProcessInfo.processInfo.physicalMemory >> 20), processor: Self.processor,
                measures: own.map {
                    .init(
                        part: $0.part, name: $0.name, unit: $0.unit, required: $0.required, note: $0.note,
                        value: $0.value, limit: $0.limit, ratio: $0.ratio, ok: $0.isKept)
                })
            try encoder.encode(document).write(to: URL(fileURLWithPath: "\(folder)/\(part).json"))
        }
        try Data(table.utf8).write(to: URL(fileURLWithPath: "\(folder)/table.txt"))
    }

    private static var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
    }
}
