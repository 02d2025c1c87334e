import Crypto
import Foundation
import Procedure
import Storage

/// The secret behind a time-based one-time password (动态口令): six digits, thirty seconds, SHA-1, as every
/// authenticator app takes it.
///
/// - Source: RFC 6238, RFC 4226.
package struct OneTimePasswordSecret: Hashable, Sendable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// 160 random bits.
    static func random() -> OneTimePasswordSecret { OneTimePasswordSecret(bytes: SecureRandom.bytes(20)) }

    /// The 30-second step a time falls into.
    static func step(at instant: Instant) -> Int64 { instant.milliseconds / 30_000 }

    /// The code of one step.
    func code(at step: Int64, digits: Int = 6) -> String {
        let message = withUnsafeBytes(of: step.bigEndian, Array.init)
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: bytes)))
        let offset = Int(mac[19] & 15)
        let word = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let modulus = (0..<digits).reduce(UInt32(1)) { product, _ in product * 10 }
        let code = String(word % modulus)
        return String(repeating: "0", count: digits - code.count) + code
    }

    /// The step a typed code belongs to, one step early or late allowed. All three are compared, in constant time.
    func step(of typed: String, at instant: Instant) -> Int64? {
        let typed = Array(typed.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }.prefix(32).utf8)
        let now = OneTimePasswordSecret.step(at: instant)
        var found: Int64?
        for step in now - 1...now + 1 {
            let isThis = equalInConstantTime(typed, Array(code(at: step).utf8))
            found = isThis ? step : found
        }
        return found
    }

    /// As it is typed into an app by hand: base32 in groups of four.
    package var typed: String {
        let text = base32
        return stride(from: 0, to: text.count, by: 4)
            .map { String(text.dropFirst($0).prefix(4)) }.joined(separator: " ")
    }

    /// What the QR code holds.
    ///
    /// - Parameters:
    ///   - issuer: the court as the person knows it.
    ///   - account: what tells the person's accounts apart; never a number of an identity document.
    package func url(issuer: String, account: String) -> String {
        var allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: Unicode.Scalar(0)..."\u{7f}"))
        allowed.insert(charactersIn: "-._~")
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        return "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(base32)&issuer=\(escaped(issuer))"
            + "&algorithm=SHA1&digits=6&period=30"
    }

    private var base32: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xffff
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
