import Crypto
import Procedure
import Storage

/// Seals what is known of a person, and digests the codes and tokens that open something.
struct AccountKeys: Sendable {
    let tokens: SearchTokens
    private let sealing: SymmetricKey
    private let digesting: SymmetricKey

    init(_ key: CourtKey) {
        tokens = SearchTokens(key)
        sealing = key.key(for: .accounts)
        digesting = key.key(for: .sessions)
    }

    /// The fields kept sealed; the name is part of what is sealed and never changes.
    enum Field: String {
        case name, residentNumber = "resident-number", mobile, signInName = "sign-in-name"
        case oneTimePassword = "one-time-password", refusal
        case device
    }

    func seal<Of>(_ text: String, _ field: Field, of owner: Identifier<Of>) throws -> [UInt8] {
        try Sealing.seal(text, with: sealing, for: context(field, owner))
    }

    func open<Of>(_ sealed: [UInt8], _ field: Field, of owner: Identifier<Of>) throws -> String {
        try Sealing.openText(sealed, with: sealing, for: context(field, owner))
    }

    func seal<Of>(_ secret: OneTimePasswordSecret, of owner: Identifier<Of>) throws -> [UInt8] {
        try Sealing.seal(secret.bytes, with: sealing, for: context(.oneTimePassword, owner))
    }

    func openSecret<Of>(_ sealed: [UInt8], of owner: Identifier<Of>) throws -> OneTimePasswordSecret {
        OneTimePasswordSecret(bytes: try Sealing.open(sealed, with: sealing, for: context(.oneTimePassword, owner)))
    }

    /// What a digest is of; one used for another purpose finds nothing.
    enum Purpose: String {
        case session, signInName = "sign-in-name", recoveryCode = "recovery-code", enrolment, invitation, throttle
    }

    /// A keyed digest. Whoever has only the database can neither find the text nor make a digest that matches; so
    /// looking it up in an index tells nothing by its time.
    func digest(_ text: String, _ purpose: Purpose) -> [UInt8] {
        KeyedDigest.of(SealingContext("account.\(purpose.rawValue)", .text(text)).encoded, with: digesting)
    }

    /// The same, bound to one account.
    func digest(_ text: String, _ purpose: Purpose, of account: AccountID) -> [UInt8] {
        KeyedDigest.of(
            SealingContext("account.\(purpose.rawValue)", .text(text), .id(account)).encoded, with: digesting)
    }

    private func context<Of>(_ field: Field, _ owner: Identifier<Of>) -> SealingContext {
        SealingContext("account.\(field.rawValue)", .id(owner))
    }
}
