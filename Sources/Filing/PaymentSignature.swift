import Crypto
import Procedure
import Storage

/// How a payment service proves that a callback is its own: an HMAC over time and body under a secret of this court.
///
/// The header reads `t=<milliseconds>,v1=<64 hex digits>`; what is signed is the time, a full stop and the body's bytes.
package struct PaymentSignature: Sendable {
    /// An older or newer callback than this is refused, however well signed.
    package static let tolerance: Int64 = 5 * 60 * 1_000

    private let key: SymmetricKey

    package init(_ courtKey: CourtKey) {
        // Derived, so that the demonstration's provider never holds a key of the court's own.
        key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: courtKey.key(for: .signing), info: Array("xiezhi/payment-callback/v1".utf8),
            outputByteCount: 32)
    }

    package func header(for body: [UInt8], at instant: Instant) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: message(body, instant.milliseconds), using: key)
        return "t=\(instant.milliseconds),v1=\(ContentDigest(bytes: Array(code))?.hex ?? "")"
    }

    /// - Throws: `CallbackRefused`; nothing about the payment is looked at before.
    package func verify(_ header: String?, body: [UInt8], now: Instant) throws(CallbackRefused) {
        guard let header, let (milliseconds, code) = Self.parts(header) else { throw .unsigned }
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message(body, milliseconds), using: key)
        else { throw .forged }
        // Only a genuine time is worth comparing; Int64 extremes must not trap.
        guard now.milliseconds.subtractingReportingOverflow(milliseconds).partialValue.magnitude <= Self.tolerance
        else { throw .outOfTime }
    }

    private func message(_ body: [UInt8], _ milliseconds: Int64) -> [UInt8] { Array("\(milliseconds).".utf8) + body }

    private static func parts(_ header: String) -> (Int64, [UInt8])? {
        guard header.utf8.count <= 120 else { return nil }
        let pieces = header.split(separator: ",", omittingEmptySubsequences: false)
        guard pieces.count == 2, pieces[0].hasPrefix("t="), pieces[1].hasPrefix("v1="),
            let milliseconds = Int64(pieces[0].dropFirst(2)),
            let digest = ContentDigest(rawValue: "sha256:\(pieces[1].dropFirst(3))")
        else { return nil }
        let digits = Array(digest.hex.utf8)
        let bytes = stride(from: 0, to: digits.count, by: 2).map { nibble(digits[$0]) << 4 | nibble(digits[$0 + 1]) }
        return (milliseconds, bytes)
    }

    private static func nibble(_ digit: UInt8) -> UInt8 { digit < 58 ? digit - 48 : digit - 87 }
}

/// Why a callback is not believed.
package enum CallbackRefused: String, Error, Sendable {
    case unsigned, forged
    case outOfTime = "out-of-time"
}
