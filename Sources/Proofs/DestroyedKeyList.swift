import Crypto
import Docket
import Foundation
import Procedure
import Storage

/// The list of dockets whose keys a court destroyed (已销毁密钥清单): ids and times, nothing else. It may be published,
/// and is kept apart from every backup, so that a restore can replay it.
package struct DestroyedKeyList: Codable, Hashable, Sendable {
    package static let format = "xiezhi-destroyed-keys/1"

    package struct Item: Codable, Hashable, Sendable {
        package let docket: DocketID
        package let at: Instant

        enum CodingKeys: String, CodingKey { case docket, at }

        package init(docket: DocketID, at: Instant) {
            self.docket = docket
            self.at = at
        }
    }

    package let format: String
    package let court: String
    /// When the list was made.
    package let time: Instant
    /// In the order in which they were destroyed.
    package let destroyed: [Item]
    /// Base64 of the court's public key for answers.
    package let key: String
    /// Base64 of the Ed25519 signature over the canonical JSON of all other fields.
    package let signature: String

    enum CodingKeys: String, CodingKey { case format, court, time, destroyed, key, signature }
}

extension DestroyedKeyList {
    package enum Failure: Error, Hashable, Sendable {
        /// It is no list of this format, or was changed into none.
        case unreadable
        /// The list of another court.
        case otherCourt(String)
        /// This court did not sign it, or not so.
        case notSigned
    }

    /// Signs a list with the court's key for answers.
    package static func signed(
        _ items: [Item], court: String, at time: Instant, with keys: SigningKeys
    ) throws -> DestroyedKeyList {
        let key = try keys.answerKey
        let sorted = items.sorted { ($0.at, $0.docket) < ($1.at, $1.docket) }
        let publicKey = Data(key.publicKey.rawRepresentation).base64EncodedString()
        let unsigned = DestroyedKeyList(
            format: format, court: court, time: time, destroyed: sorted, key: publicKey, signature: "")
        return DestroyedKeyList(
            format: format, court: court, time: time, destroyed: sorted, key: publicKey,
            signature: Data(try key.signature(for: Data(unsigned.message()))).base64EncodedString())
    }

    /// As a file: canonical JSON and a line feed.
    package func file() throws -> [UInt8] { try CanonicalJSON.bytes(JSONCoding.encode(self)) + [10] }

    /// Reads a list, and believes it only if this court signed it.
    ///
    /// - Throws: `Failure`.
    package init(file: [UInt8], court: String, signedWith keys: SigningKeys) throws {
        guard let value = try? JSONReader.read(file),
            let list = try? JSONCoding.decode(DestroyedKeyList.self, from: value), list.format == Self.format
        else { throw Failure.unreadable }
        guard list.court == court else { throw Failure.otherCourt(list.court) }
        guard let signature = Data(base64Encoded: list.signature),
            try keys.answerKey.publicKey.isValidSignature(signature, for: Data(try list.message()))
        else { throw Failure.notSigned }
        self = list
    }

    private func message() throws -> [UInt8] {
        guard case .object(var fields) = try JSONCoding.encode(self) else { throw Failure.unreadable }
        fields.removeValue(forKey: "signature")
        return try CanonicalJSON.bytes(.object(fields))
    }
}
