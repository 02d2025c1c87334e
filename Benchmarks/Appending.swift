import Crypto
import Foundation
import Ledger

/// How fast leaves go into the ledger, durable and signed batch by batch, beside SHA-256 over what must be hashed.
struct Appending: Sendable {
    let bench: Bench

    private static let leaves = 100_000
    private static let batch = 500

    func measure() async throws -> [Measure] {
        let folder = try bench.freshFolder("ledger")
        guard let origin = Origin(rawValue: "xiezhi.example/bench-ledger") else { return [] }
        let key = try LogKey(origin: origin, seed: (0..<32).map { UInt8($0) })
        let entries = try (0..<Self.leaves).map { number in
            let commitment = Array(SHA256.hash(data: withUnsafeBytes(of: number) { Data($0) }))
            guard let hash = Hash(commitment) else { throw CocoaError(.coderInvalidValue) }
            return try LeafEntry(kind: .act, minutes: UInt64(29_000_000 + number / 1_000), commitments: [hash, hash])
                .bytes
        }
        let log = try TileLog.create(directory: folder, key: key)
        var began = ContinuousClock.now
        for first in stride(from: 0, to: entries.count, by: Self.batch) {
            try log.append(Array(entries[first..<min(first + Self.batch, entries.count)]))
        }
        let rate = Double(entries.count) / began.duration(to: .now).seconds

        // A leaf costs its own hash and, over the whole tree, one inner node of 65 bytes.
        let node = [UInt8](repeating: 1, count: 65)
        began = .now
        var sum: UInt8 = 0
        for entry in entries {
            for byte in SHA256.hash(data: entry).prefix(1) { sum &+= byte }
            for byte in SHA256.hash(data: node).prefix(1) { sum &+= byte }
        }
        let hashing = Double(entries.count) / began.duration(to: .now).seconds
        return [
            Measure(
                .ledger, "leaves appended to the ledger", rate, "leaves/s",
                limit: .init(name: "their SHA-256 alone", value: hashing, unit: "leaves/s"),
                note: "\(entries.count) leaves, \(Self.batch) to a signed checkpoint, each durable (check \(sum))")
        ]
    }
}
