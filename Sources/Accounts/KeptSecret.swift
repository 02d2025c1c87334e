import Procedure

/// A demonstration's people keep their one-time password secrets with the court, as an app would keep them for others.
extension OneTimePasswordSecret {
    package struct Kept: Codable, Hashable, Sendable {
        let bytes: [UInt8]
    }

    package var kept: Kept { Kept(bytes: bytes) }

    package init(_ kept: Kept) { self.init(bytes: kept.bytes) }

    /// The code an app would show so many steps of 30 seconds from now.
    package func code(at instant: Instant, later steps: Int64) -> String {
        code(at: OneTimePasswordSecret.step(at: instant) + steps)
    }
}
