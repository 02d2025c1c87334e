import Procedure
import Synchronization

/// How much one address and one account may ask for: so many at once, then so many a second.
package struct RateLimits: Hashable, Sendable {
    package struct Rate: Hashable, Sendable {
        package let burst: Double
        package let perSecond: Double

        package init(burst: Double, perSecond: Double) {
            self.burst = burst
            self.perSecond = perSecond
        }
    }

    package var address: Rate
    package var account: Rate

    package init(address: Rate, account: Rate) {
        self.address = address
        self.account = account
    }

    /// Room for a law office behind one address.
    package static let standard = RateLimits(
        address: Rate(burst: 600, perSecond: 60), account: Rate(burst: 240, perSecond: 20))
    /// For load tests only.
    package static let unlimited = RateLimits(
        address: Rate(burst: .infinity, perSecond: .infinity), account: Rate(burst: .infinity, perSecond: .infinity))
}

/// Token buckets in bounded memory: a full bucket is forgotten, since it says nothing.
final class RateLimiter: Sendable {
    enum Key: Hashable, Sendable {
        case address(String)
        case account(AccountID)
    }

    private struct Bucket {
        var tokens: Double
        var at: Double
    }

    static let capacity = 20_000

    private let limits: RateLimits
    private let buckets = Mutex<[Key: Bucket]>([:])
    private let start = ContinuousClock.now

    init(_ limits: RateLimits) { self.limits = limits }

    func admit(address: String) throws { try take(.address(Self.network(of: address)), limits.address, at: seconds) }
    func admit(account: AccountID) throws { try take(.account(account), limits.account, at: seconds) }

    var count: Int { buckets.withLock(\.count) }

    private var seconds: Double {
        let elapsed = start.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    }

    /// - Parameter at: seconds of a clock that never runs backwards.
    /// - Throws: `TooMany` with the time after which one more is let in.
    func take(_ key: Key, _ rate: RateLimits.Rate, at now: Double) throws {
        guard rate.burst.isFinite else { return }
        let wait: Double? = buckets.withLock { buckets in
            var bucket = buckets[key] ?? Bucket(tokens: rate.burst, at: now)
            bucket.tokens = min(rate.burst, bucket.tokens + max(0, now - bucket.at) * rate.perSecond)
            bucket.at = now
            let wait = bucket.tokens >= 1 ? nil : (1 - bucket.tokens) / rate.perSecond
            if wait == nil { bucket.tokens -= 1 }
            if buckets[key] == nil, buckets.count >= Self.capacity { makeRoom(in: &buckets, now) }
            buckets[key] = bucket
            return wait
        }
        if let wait { throw TooMany(retryAfterSeconds: Int(wait.rounded(.up))) }
    }

    private func makeRoom(in buckets: inout [Key: Bucket], _ now: Double) {
        buckets = buckets.filter { key, bucket in
            let rate = if case .address = key { limits.address } else { limits.account }
            return bucket.tokens + (now - bucket.at) * rate.perSecond < rate.burst
        }
        // All are busy: forget an eighth of them, without a pattern an attacker could use.
        if buckets.count >= Self.capacity {
            for key in buckets.keys.shuffled().prefix(Self.capacity / 8) { buckets[key] = nil }
        }
    }

    /// A subscriber has a whole /64 of IPv6.
    static func network(of address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        guard let gap = address.firstRange(of: "::") else {
            return address.split(separator: ":").prefix(4).joined(separator: ":")
        }
        let before = address[..<gap.lowerBound].split(separator: ":")
        let after = address[gap.upperBound...].split(separator: ":")
        let zeros = [Substring](repeating: "0", count: max(0, 8 - before.count - after.count))
        return (before + zeros + after).prefix(4).joined(separator: ":")
    }
}
