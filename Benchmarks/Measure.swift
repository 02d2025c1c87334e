import Foundation

/// One number, and what it is held against.
struct Measure: Codable, Sendable {
    /// Something measured in the same run that shows what this machine can do at most.
    struct Limit: Codable, Sendable {
        let name: String
        let value: Double
        let unit: String
    }

    /// What the value must keep to.
    enum Bound: Codable, Sendable {
        /// Value over limit, at least.
        case ratioAtLeast(Double)
        /// Value over limit, at most.
        case ratioAtMost(Double)
        /// The value itself, at most.
        case atMost(Double)
        /// Shown, and held against nothing.
        case none
    }

    let part: String
    let name: String
    let value: Double
    let unit: String
    let limit: Limit?
    let bound: Bound
    /// What the numbers rest on: how many, how long, what failed.
    let note: String

    init(
        _ part: Bench.Part, _ name: String, _ value: Double, _ unit: String, limit: Limit? = nil, bound: Bound = .none,
        note: String = ""
    ) {
        self.part = part.rawValue
        self.name = name
        self.value = value
        self.unit = unit
        self.limit = limit
        self.bound = bound
        self.note = note
    }

    var ratio: Double? { limit.flatMap { $0.value > 0 ? value / $0.value : nil } }

    /// Nil where nothing is required.
    var isKept: Bool? {
        switch bound {
        case .ratioAtLeast(let least): ratio.map { $0 >= least } ?? false
        case .ratioAtMost(let most): ratio.map { $0 <= most } ?? false
        case .atMost(let most): value <= most
        case .none: nil
        }
    }

    var required: String {
        switch bound {
        case .ratioAtLeast(let least): "ratio ≥ \(Self.text(least))"
        case .ratioAtMost(let most): "ratio ≤ \(Self.text(most))"
        case .atMost(let most): "≤ \(Self.text(most)) \(unit)"
        case .none: ""
        }
    }

    /// Three figures are as many as a second run confirms.
    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "—" }
        let places = abs(number) >= 100 ? 0 : abs(number) >= 10 ? 1 : 2
        var text = number.formatted(.number.precision(.fractionLength(places)).locale(.init(identifier: "en_US")))
        while text.contains("."), text.hasSuffix("0") { text.removeLast() }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}

/// Many times of the same thing.
struct Samples: Sendable {
    private var sorted: [Double]

    /// - Parameter values: in any order; milliseconds everywhere here.
    init(_ values: [Double]) { sorted = values.sorted() }

    var count: Int { sorted.count }
    var median: Double { percentile(50) }
    var greatest: Double { sorted.last ?? .nan }

    /// The smallest value that so many percent do not exceed.
    func percentile(_ percent: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1_000 + Double(components.attoseconds) * 1e-15 }
    var seconds: Double { milliseconds / 1_000 }
}
