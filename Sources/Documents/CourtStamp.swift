import CCrypto
import Procedure

/// The court's stamp (电子印章): a key and a certificate that sign PDFs, and the red seal people look for.
///
/// PAdES after ETSI EN 319 142-1 level B-B, except that the signing time is also a signed attribute, as most readers
/// show that one. Keys are kept as text and parsed for each use: nothing to release, safe from any thread.
package struct CourtStamp: Sendable {
    package let certificatePEM: String
    /// Secret: PKCS #8, unencrypted. Whoever stores it encrypts it.
    package let keyPEM: String
    /// The issuers, nearest first; may be empty.
    package let chainPEM: String
    private let fonts: DocumentFonts

    /// - Throws: `LibcryptoError` unless the texts are a certificate, its own key, and certificates.
    package init(
        certificatePEM: String, keyPEM: String, chainPEM: String = "", fonts: DocumentFonts = .standard
    ) throws {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
        self.chainPEM = chainPEM
        self.fonts = fonts
        try withSigner { certificate, key, _ in
            try checked("the key belongs to the certificate", X509_check_private_key(certificate, key))
        }
    }

    /// Signs a PDF of ours, as bytes appended to it.
    ///
    /// - Parameters:
    ///   - name: who signs, on the seal and in the signature: the court's full name.
    ///   - reason: what is signed, such as 民事判决书.
    ///   - signedAt: the court's time of signing, whole seconds.
    ///   - visible: where the seal goes, usually `StampPlace.wanted(by:)`; nil signs without a seal.
    /// - Throws: `PDFError`, `LibcryptoError`, or `DrawingError` when the seal's font lacks a character of the name.
    package func stamp(
        pdf: [UInt8], name: String, reason: String, at signedAt: Instant, visible: StampPlace?
    ) throws -> [UInt8] {
        var signature = try SignatureUpdate(of: pdf)
        let seal = try visible.map { (place: $0, outline: try CourtSeal(name: name, fonts: fonts)) }
        try signature.add(name: name, reason: reason, at: signedAt, seal: seal)
        return try signature.finish { try cms(over: $0, at: signedAt) }
    }

    /// Signs in the name of the certificate's owner, with the seal over the signature block the document was drawn with,
    /// if it has one.
    package func stamp(pdf: [UInt8], reason: String, at signedAt: Instant) throws -> [UInt8] {
        let name = try withSigner { certificate, _, _ in try commonName(of: certificate) }
        return try stamp(pdf: pdf, name: name, reason: reason, at: signedAt, visible: StampPlace.wanted(by: pdf))
    }

    /// A detached CMS signature with the CAdES attribute signing-certificate-v2.
    private func cms(over content: [UInt8], at signedAt: Instant) throws -> [UInt8] {
        guard content.count <= Int32.max else { throw PDFError.unsupported("more than 2 GB") }
        return try withSigner { certificate, key, chain in
            let flags = UInt32(CMS_DETACHED | CMS_BINARY | CMS_CADES | CMS_PARTIAL | CMS_NOSMIMECAP)
            let cms = try made("CMS_sign", CMS_sign(nil, nil, nil, nil, flags))
            defer { CMS_ContentInfo_free(cms) }
            let signer = try made("CMS_add1_signer", CMS_add1_signer(cms, certificate, key, EVP_sha256(), flags))
            // Left out, libcrypto would take this machine's clock.
            let time = try made("ASN1_TIME_set", ASN1_TIME_set(nil, Int(signedAt.milliseconds / 1_000)))
            defer { ASN1_STRING_free(time) }
            try checked(
                "signing time",
                CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time), time, -1))
            for issuer in chain { try checked("CMS_add1_cert", CMS_add1_cert(cms, issuer)) }
            return try content.withUnsafeBytes { content in
                let input = try made("BIO_new_mem_buf", BIO_new_mem_buf(content.baseAddress, Int32(content.count)))
                defer { BIO_free(input) }
                try checked("CMS_final", CMS_final(cms, input, nil, flags))
                var der: UnsafeMutablePointer<UInt8>?
                let count = i2d_CMS_ContentInfo(cms, &der)
                guard count > 0, let der else { throw LibcryptoError("i2d_CMS_ContentInfo") }
                defer { CRYPTO_free(der, nil, 0) }
                return Array(UnsafeBufferPointer(start: der, count: Int(count)))
            }
        }
    }

    private func withSigner<Result>(
        _ body: (_ certificate: OpaquePointer, _ key: OpaquePointer, _ chain: [OpaquePointer]) throws -> Result
    ) throws -> Result {
        let certificate = try PEM.certificate(certificatePEM)
        defer { X509_free(certificate) }
        let key = try PEM.key(keyPEM)
        defer { EVP_PKEY_free(key) }
        let chain = try PEM.certificates(chainPEM)
        defer { chain.forEach { X509_free($0) } }
        return try body(certificate, key, chain)
    }
}

extension CourtStamp: CustomStringConvertible, CustomReflectable {
    // A stamp printed into a log must not print its key.
    package var description: String { "CourtStamp" }
    package var customMirror: Mirror { Mirror(self, children: ["certificatePEM": certificatePEM]) }
}
