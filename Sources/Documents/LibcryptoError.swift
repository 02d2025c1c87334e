import CCrypto

/// libcrypto refused, with the step we were at and its own reason.
package struct LibcryptoError: Error, Hashable, Sendable, CustomStringConvertible {
    package let step: String
    /// The library's words for its first error, such as `error:1608010C:STORE routines::unsupported`.
    package let reason: String

    /// Takes the first error off this thread's queue and clears the rest, so that no later step reports it as its own.
    init(_ step: String) {
        self.step = step
        let code = ERR_get_error()
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        reason =
            code == 0
            ? "no reason given" : String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        ERR_clear_error()
    }

    package var description: String { "\(step): \(reason)" }
}

/// - Throws: `LibcryptoError` unless the result is 1, libcrypto's yes.
func checked(_ step: String, _ result: Int32) throws {
    guard result == 1 else { throw LibcryptoError(step) }
}

/// - Throws: `LibcryptoError` for a null pointer.
func made<Pointer>(_ step: String, _ pointer: Pointer?) throws -> Pointer {
    guard let pointer else { throw LibcryptoError(step) }
    return pointer
}

func sha256(_ bytes: [UInt8]) throws -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    try checked("SHA-256", EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil))
    return digest
}
