import Crypto
import Foundation
import Procedure

/// The court's own key, under which everything else stands: 32 random bytes in `keys/court.key`.
///
/// Every derivation carries the court's code, so that two courts with one key by mistake still share nothing.
/// The file holds one algorithm byte (1) and the key, is readable by its owner only, and is written once. Without it
/// the store cannot be read again: keep a copy apart from the backups of database and files.
package struct CourtKey: Sendable {
    /// The code of the court, as in its case numbers.
    package let court: String
    private let secret: SymmetricKey
    /// For each volume what its wrapping keys are expanded from: a list unwraps the keys of every docket on it.
    /// Keyed once, so that each expansion (HKDF of 32 bytes, which is one round) starts where the key is in.
    private let mainWrapping, chambersWrapping: HMAC<SHA256>

    private static let random256: UInt8 = 1

    /// Makes the key of a new court.
    ///
    /// - Throws: `CourtKeyError.exists`; `DiskError`.
    package static func create(in folder: DataFolder, court: String) throws -> CourtKey {
        let bytes = [random256] + SecureRandom.bytes(32)
        do {
            try Disk.writeNew(bytes, to: folder.courtKeyFile)
        } catch let error as DiskError where error.code == EEXIST {
            throw CourtKeyError.exists(path: folder.courtKeyFile)
        }
        return try CourtKey(bytes: bytes, court: court)
    }

    /// Reads the key of an existing court.
    ///
    /// - Throws: `CourtKeyError`; `DataFolderError.exposed` when others may read the file; `DiskError`.
    package init(in folder: DataFolder, court: String) throws {
        guard Disk.exists(folder.courtKeyFile) else { throw CourtKeyError.missing(path: folder.courtKeyFile) }
        try folder.requirePrivate(folder.courtKeyFile)
        try self.init(bytes: Disk.read(folder.courtKeyFile, limit: 64), court: court)
    }

    /// - Parameter bytes: the content of a key file, 33 bytes.
    package init(bytes: [UInt8], court: String) throws {
        guard bytes.count == 33, bytes[0] == CourtKey.random256 else { throw CourtKeyError.malformed }
        precondition(!court.isEmpty, "a court has a code")
        self.court = court
        let secret = SymmetricKey(data: bytes.dropFirst())
        func wrapping(_ volume: Volume) -> HMAC<SHA256> {
            let extracted = extractedKey(
                from: derivedKey(
                    from: secret, info: SealingContext("court.wrapping.\(volume.rawValue)", .text(court))))
            return HMAC(key: SymmetricKey(data: extracted))
        }
        self.secret = secret
        mainWrapping = wrapping(.main)
        chambersWrapping = wrapping(.chambers)
    }

    /// A key for one use of the whole court.
    package func key(for use: Use) -> SymmetricKey {
        derivedKey(from: secret, info: SealingContext("court.\(use.rawValue)", .text(court)))
    }

    /// What wraps the key of one volume of one docket: a wrap moved to another docket or volume does not open.
    func wrappingKey(for volume: Volume, of docket: DocketID) -> SymmetricKey {
        var code = volume == .main ? mainWrapping : chambersWrapping
        code.update(data: SealingContext("docket.wrapping", .text(court), .id(docket)).encoded + [1])
        return SymmetricKey(data: code.finalize())
    }

    /// The uses of the court's key beside wrapping. A name is never changed once released.
    package enum Use: String, CaseIterable, Sendable {
        /// Search tokens of names and numbers.
        case searchTokens = "search-tokens"
        /// Digests of session tokens, invitation and recovery codes.
        case sessions
        /// Digests of requests and idempotency keys.
        case idempotency
        /// Seals fields that belong to the court and no docket, such as an account's second factor.
        case accounts
        /// Seals the private keys with which the court signs.
        case signing
    }
}

package enum CourtKeyError: Error, Hashable, Sendable {
    case exists(path: String)
    case missing(path: String)
    case malformed
}

extension CourtKeyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .exists(let path): "\(path) is already there. The key of a court is made once and never replaced."
        case .missing(let path): "\(path) is missing. Restore it from its safe copy; without it nothing can be read."
        case .malformed: "The key file is damaged or from a newer release. Restore it from its safe copy."
        }
    }
}
