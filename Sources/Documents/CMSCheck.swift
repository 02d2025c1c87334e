import CCrypto
import Procedure

/// A detached CMS signature whose mathematics hold: the content is what the certificate's key signed.
final class CMSCheck {
    /// The common name of the one who signed.
    let signer: String
    private let cms: OpaquePointer

    /// - Parameter signature: DER, perhaps followed by zeros.
    /// - Throws: `LibcryptoError` when it cannot be read or does not fit the content.
    init(signature: [UInt8], content: [UInt8]) throws {
        ERR_clear_error()
        cms = try signature.withUnsafeBufferPointer { signature in
            var next = signature.baseAddress
            return try made("CMS", d2i_CMS_ContentInfo(nil, &next, signature.count))
        }
        do {
            try Self.verify(cms, content)
            signer = try commonName(of: Self.signerCertificate(cms))
        } catch {
            // A class whose initialiser throws is not deinitialised before all its properties are set.
            CMS_ContentInfo_free(cms)
            throw error
        }
    }

    deinit { CMS_ContentInfo_free(cms) }

    private static func verify(_ cms: OpaquePointer, _ content: [UInt8]) throws {
        guard content.count <= Int32.max else { throw PDFError.unsupported("more than 2 GB") }
        try content.withUnsafeBytes { content in
            let input = try made("BIO_new_mem_buf", BIO_new_mem_buf(content.baseAddress, Int32(content.count)))
            defer { BIO_free(input) }
            // CMS_CADES checks that signing-certificate-v2 names the signer, and insists on a chain. Here the signer
            // vouches for themselves, at any time; whom we trust is a question of its own.
            guard CMS_set1_signers_certs(cms, nil, 0) > 0 else { throw LibcryptoError("signer's certificate") }
            let store = try made("X509_STORE_new", X509_STORE_new())
            defer { X509_STORE_free(store) }
            try checked("signer's certificate", X509_STORE_add_cert(store, signerCertificate(cms)))
            X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_NO_CHECK_TIME))
            try checked("CMS_verify", CMS_verify(cms, nil, store, input, nil, UInt32(CMS_BINARY | CMS_CADES)))
        }
    }

    /// The first signer's certificate, which stays the property of the CMS.
    private static func signerCertificate(_ cms: OpaquePointer) throws -> OpaquePointer {
        let signers = try made("signers", CMS_get0_signers(cms))
        defer { OPENSSL_sk_free(signers) }
        return OpaquePointer(try made("signer", OPENSSL_sk_value(signers, 0)))
    }

    /// Whether a chain leads from the signer to one of the authorities, valid at that time.
    ///
    /// - Throws: `LibcryptoError` when the question could not be asked.
    func trust(authorities: [OpaquePointer], at time: Instant?) throws -> StampFinding.Trust {
        let store = try made("X509_STORE_new", X509_STORE_new())
        defer { X509_STORE_free(store) }
        for authority in authorities { try checked("authority", X509_STORE_add_cert(store, authority)) }
        let context = try made("X509_STORE_CTX_new", X509_STORE_CTX_new())
        defer { X509_STORE_CTX_free(context) }
        let others = CMS_get1_certs(cms)
        defer {
            for index in 0..<max(0, OPENSSL_sk_num(others)) {
                X509_free(OpaquePointer(OPENSSL_sk_value(others, index)))
            }
            OPENSSL_sk_free(others)
        }
        let signer = try Self.signerCertificate(cms)
        try checked("X509_STORE_CTX_init", X509_STORE_CTX_init(context, store, signer, others))
        let parameters = X509_STORE_CTX_get0_param(context)
        try checked("purpose", X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SMIME_SIGN))
        if let time { X509_VERIFY_PARAM_set_time(parameters, Int(time.milliseconds / 1_000)) }
        guard X509_verify_cert(context) == 1 else {
            defer { ERR_clear_error() }
            let reason = X509_verify_cert_error_string(Int(X509_STORE_CTX_get_error(context)))
            return .untrusted(reason.map { String(cString: $0) } ?? "no chain")
        }
        return .trusted
    }
}

/// The name a certificate was issued to.
func commonName(of certificate: OpaquePointer) throws -> String {
    let name = try made("subject", X509_get_subject_name(certificate))
    let index = X509_NAME_get_index_by_NID(name, NID_commonName, -1)
    let data = try made("common name", X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)))
    var utf8: UnsafeMutablePointer<UInt8>?
    let count = ASN1_STRING_to_UTF8(&utf8, data)
    guard count >= 0, let utf8 else { throw LibcryptoError("common name") }
    defer { CRYPTO_free(utf8, nil, 0) }
    return String(decoding: UnsafeBufferPointer(start: utf8, count: Int(count)), as: UTF8.self)
}
