import CCrypto
import Procedure

extension CourtStamp {
    /// A stamp for demonstrations: a P-256 key whose certificate comes from an authority made for it alone.
    ///
    /// The authority's key is not kept, so nobody can issue another certificate in its name. A real court brings a
    /// certificate of a licensed authority (Electronic Signature Law arts. 16–18).
    ///
    /// - Parameter years: 1 to 30; of 365 days.
    /// - Throws: `LibcryptoError`; for a court name of more than 64 characters too, the longest common name.
    package static func create(
        courtName: String, validFrom: Instant, years: Int, fonts: DocumentFonts = .standard
    ) throws -> CourtStamp {
        precondition((1...30).contains(years), "a stamp is valid for 1 to 30 years")
        let authorityKey = try newKey()
        defer { EVP_PKEY_free(authorityKey) }
        let authority = try certificate(
            .init(
                name: courtName, unit: "演示签发机构", key: authorityKey, validFrom: validFrom, years: years,
                extensions: [
                    (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"),
                    (NID_key_usage, "critical,keyCertSign,cRLSign"), (NID_subject_key_identifier, "hash"),
                ]),
            issuer: nil, issuerKey: authorityKey)
        defer { X509_free(authority) }

        let key = try newKey()
        defer { EVP_PKEY_free(key) }
        let certificate = try certificate(
            .init(
                name: courtName, unit: "电子印章", key: key, validFrom: validFrom, years: years,
                extensions: [
                    (NID_basic_constraints, "critical,CA:FALSE"),
                    (NID_key_usage, "critical,digitalSignature,nonRepudiation"),
                    (NID_subject_key_identifier, "hash"), (NID_authority_key_identifier, "keyid:always"),
                ]),
            issuer: authority, issuerKey: authorityKey)
        defer { X509_free(certificate) }
        return try CourtStamp(
            certificatePEM: PEM.text(ofCertificate: certificate), keyPEM: PEM.text(ofKey: key),
            chainPEM: PEM.text(ofCertificate: authority), fonts: fonts)
    }

    private struct CertificateContent {
        let name, unit: String
        let key: OpaquePointer
        let validFrom: Instant
        let years: Int
        /// The kind and its value in OpenSSL's configuration language; constants of ours only.
        let extensions: [(kind: Int32, value: String)]
    }

    private static func newKey() throws -> OpaquePointer {
        let context = try made("EC keys", EVP_PKEY_CTX_new_from_name(nil, "EC", nil))
        defer { EVP_PKEY_CTX_free(context) }
        try checked("EVP_PKEY_keygen_init", EVP_PKEY_keygen_init(context))
        try checked("curve P-256", EVP_PKEY_CTX_set_group_name(context, "P-256"))
        var key: OpaquePointer?
        try checked("EVP_PKEY_generate", EVP_PKEY_generate(context, &key))
        return try made("EVP_PKEY_generate", key)
    }

    private static func certificate(
        _ content: CertificateContent, issuer: OpaquePointer?, issuerKey: OpaquePointer
    ) throws -> OpaquePointer {
        let certificate = try made("X509_new", X509_new())
        do {
            try fill(certificate, content, issuer: issuer ?? certificate)
            guard X509_sign(certificate, issuerKey, EVP_sha256()) > 0 else { throw LibcryptoError("X509_sign") }
        } catch {
            X509_free(certificate)
            throw error
        }
        return certificate
    }

    private static func fill(_ certificate: OpaquePointer, _ content: CertificateContent, issuer: OpaquePointer) throws
    {
        try checked("version", X509_set_version(certificate, 2))
        try setSerial(of: certificate)
        let from = Int(content.validFrom.milliseconds / 1_000)
        _ = try made("valid from", ASN1_TIME_set(X509_getm_notBefore(certificate), from))
        let until = from + content.years * 365 * 86_400
        _ = try made("valid until", ASN1_TIME_set(X509_getm_notAfter(certificate), until))
        let subject = try made("subject", X509_get_subject_name(certificate))
        for (field, text) in [("C", "CN"), ("O", content.name), ("OU", content.unit), ("CN", content.name)] {
            let kind = field == "C" ? MBSTRING_ASC : MBSTRING_UTF8
            try checked(
                "subject \(field)",
                X509_NAME_add_entry_by_txt(subject, field, kind, Array(text.utf8), Int32(text.utf8.count), -1, 0))
        }
        try checked("issuer", X509_set_issuer_name(certificate, X509_get_subject_name(issuer)))
        try checked("public key", X509_set_pubkey(certificate, content.key))
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        for (kind, value) in content.extensions {
            let part = try made("extension \(value)", X509V3_EXT_conf_nid(nil, &context, kind, value))
            defer { X509_EXTENSION_free(part) }
            try checked("extension \(value)", X509_add_ext(certificate, part, -1))
        }
    }

    /// 128 random bits, so that two stamps are never taken for each other.
    private static func setSerial(of certificate: OpaquePointer) throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let number = try made("serial", BN_bin2bn(bytes, 16, nil))
        defer { BN_free(number) }
        _ = try made("serial", BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)))
    }
}

/// Macros that Swift does not import.
private let MBSTRING_UTF8: Int32 = 0x1000
private let MBSTRING_ASC: Int32 = 0x1001
