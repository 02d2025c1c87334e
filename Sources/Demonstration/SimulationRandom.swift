import Procedure

/// Randomness that is the same in every run of one seed (SplitMix64). Never for secrets.
struct SimulationRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A stream of its own for one case, so that cases told at once do not disturb each other.
    init(seed: UInt64, stream: UInt64) {
        var mixed = SimulationRandom(seed: seed ^ (stream &* 0xD1B5_4A32_D192_ED03))
        state = mixed.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mix = state
        mix = (mix ^ (mix >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mix = (mix ^ (mix >> 27)) &* 0x94D0_49BB_1331_11EB
        return mix ^ (mix >> 31)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(next() % UInt64(range.count))
    }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool { number(1...times) == 1 }

    mutating func one<Item>(of items: [Item]) -> Item { items[number(0...items.count - 1)] }

    mutating func id<Of>() -> Identifier<Of> { Identifier(high: next(), low: next()) }
}
