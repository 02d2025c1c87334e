import CCrypto

/// Certificates and keys as text. Every pointer returned is the caller's to free.
enum PEM {
    static func certificate(_ text: String) throws -> OpaquePointer {
        try reading(text) { try made("certificate", PEM_read_bio_X509($0, nil, nil, nil)) }
    }

    static func key(_ text: String) throws -> OpaquePointer {
        // The callback answers "no password", where libcrypto would ask on the terminal.
        try reading(text) { try made("private key", PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in 0 }, nil)) }
    }

    /// All certificates of the text, in its order.
    static func certificates(_ text: String) throws -> [OpaquePointer] {
        try reading(text) { bio in
            var certificates: [OpaquePointer] = []
            while let certificate = PEM_read_bio_X509(bio, nil, nil, nil) { certificates.append(certificate) }
            // The end of the text is reported as an error too.
            let atEnd = certificates.isEmpty == text.allSatisfy(\.isWhitespace)
            guard atEnd else {
                certificates.forEach { X509_free($0) }
                throw LibcryptoError("certificates")
            }
            ERR_clear_error()
            return certificates
        }
    }

    static func text(ofCertificate certificate: OpaquePointer) throws -> String {
        try writing { try checked("write certificate", PEM_write_bio_X509($0, certificate)) }
    }

    static func text(ofKey key: OpaquePointer) throws -> String {
        try writing { try checked("write key", PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil)) }
    }

    private static func reading<Result>(_ text: String, _ body: (OpaquePointer) throws -> Result) throws -> Result {
        let bytes = Array(text.utf8)
        return try bytes.withUnsafeBytes { bytes in
            let bio = try made("BIO_new_mem_buf", BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)))
            defer { BIO_free(bio) }
            return try body(bio)
        }
    }

    private static func writing(_ body: (OpaquePointer) throws -> Void) throws -> String {
        let bio = try made("BIO_new", BIO_new(BIO_s_mem()))
        defer { BIO_free(bio) }
        try body(bio)
        return String(decoding: contents(of: bio), as: UTF8.self)
    }
}

/// What has been written into a memory BIO, which is then empty.
func contents(of bio: OpaquePointer) -> [UInt8] {
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
        let count = BIO_read(bio, &part, Int32(part.count))
        guard count > 0 else { return all }
        all += part.prefix(Int(count))
    }
}
