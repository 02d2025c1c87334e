/// How the judge was drawn (随机分案): every input is on record, so that anyone may draw again and get the same.
public struct JudgeDraw: Hashable, Codable, Sendable {
    public struct Candidate: Hashable, Codable, Sendable {
        public let judge: AccountID
        public let name: String
        /// Open cases at the time of the draw.
        public let workload: Int
        /// Why this judge was left out, if so.
        public let barred: String?

        enum CodingKeys: String, CodingKey { case judge, name, workload, barred }

        public init(judge: AccountID, name: String, workload: Int, barred: String?) {
            self.judge = judge
            self.name = name
            self.workload = workload
            self.barred = barred
        }
    }

    public let candidates: [Candidate]
    /// 16 random bytes as an identifier, drawn by the court's machine for this case alone.
    public let seed: Identifier<Named.Draw>
    public let drawn: AccountID

    /// The name of the judge drawn.
    public var drawnName: String? { candidates.first { $0.judge == drawn }?.name }

    enum CodingKeys: String, CodingKey { case candidates, seed, drawn }

    /// Draws one judge: each has a chance in inverse proportion to open cases plus one.
    ///
    /// - Returns: nil when nobody is left to draw.
    public init?(among candidates: [Candidate], seed: Identifier<Named.Draw>) {
        let ordered = candidates.sorted { $0.judge < $1.judge }
        let open = ordered.filter { $0.barred == nil }
        guard !open.isEmpty else { return nil }
        // Whole-number weights, so that every machine draws alike; a heavier load weighs less.
        let weights = open.map { UInt64(1_000_000 / ($0.workload + 1)) + 1 }
        var point = (seed.high ^ seed.low.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15).low) % weights.reduce(0, +)
        var drawn = open[0].judge
        for (candidate, weight) in zip(open, weights) {
            if point < weight {
                drawn = candidate.judge
                break
            }
            point -= weight
        }
        self.candidates = ordered
        self.seed = seed
        self.drawn = drawn
    }
}

extension Named {
    public enum Draw {}
}
