import Crypto
import Foundation
import Hummingbird

/// Proves that a form was opened from a page of ours, in this browser, in this session.
///
/// Double submit: a random seed in a cookie, and in the form a keyed digest over a fresh nonce, that seed and the session.
/// The nonce makes every page's proof another text, so that compression tells nothing about it.
struct FormProof: Sendable {
    static let field = "_csrf"

    let seed: String
    /// Whether the browser still has to be given the seed.
    let isNew: Bool
    private let key: SymmetricKey
    private let session: String

    init(key: SymmetricKey, seed: String?, session: String?) {
        self.key = key
        self.session = session ?? ""
        if let seed, seed.utf8.count == 32, seed.utf8.allSatisfy({ isHexDigit($0) }) {
            self.seed = seed
            isNew = false
        } else {
            self.seed = randomHex(bytes: 16)
            isNew = true
        }
    }

    static let unset = FormProof(key: SymmetricKey(size: .bits256), seed: nil, session: nil)

    func token() -> String {
        let nonce = randomHex(bytes: 16)
        return nonce + digest(nonce).map { hexDigits($0) }.joined()
    }

    func accepts(_ token: String) -> Bool {
        guard !isNew, token.utf8.count == 96, let digest = bytes(ofHex: token.dropFirst(32)) else { return false }
        // Compared in constant time by the library.
        return HMAC<SHA256>.isValidAuthenticationCode(
            digest, authenticating: message(String(token.prefix(32))), using: key)
    }

    private func message(_ nonce: String) -> Data { Data("xiezhi/form\0\(nonce)\0\(seed)\0\(session)".utf8) }

    private func digest(_ nonce: String) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: message(nonce), using: key)
    }
}

/// What the browser itself says about where a request comes from.
enum BrowserOrigin {
    /// - Returns: true when it says "from your own page", false when it says nothing.
    /// - Throws: `ForeignForm` when it names somebody else.
    static func check(_ request: Request, own: Origin) throws -> Bool {
        if let site = request.headers[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw ForeignForm() }
            return true
        }
        // Our own referrer policy makes browsers write "null" here; they then say more in Sec-Fetch-Site.
        guard let origin = request.headers[.origin], origin != "null" else { return false }
        guard Origin(origin) == own else { throw ForeignForm() }
        return true
    }
}

/// - Parameter count: a multiple of eight, which is what the system gives at a time.
func randomHex(bytes count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<count / 8).map { _ in
        let digits = String(generator.next() as UInt64, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
}

func hexDigits(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
}

func isHexDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

private func bytes(ofHex text: Substring) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count % 2 == 0, digits.allSatisfy(isHexDigit) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).compactMap { index in
        UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16)
    }
}
