import Crypto
import Docket
import Foundation
import Ledger
import Procedure
import Storage

/// Ledger receipts (账本收据): what a person keeps to prove an entry without us.
package struct Receipts: Sendable {
    private let registry: Registry
    private let sequencer: Sequencer

    package init(registry: Registry, sequencer: Sequencer) {
        self.registry = registry
        self.sequencer = sequencer
    }

    package struct Placed: Sendable {
        package let receipt: LedgerReceipt
        package let index: UInt64
    }

    /// The receipt of one entry, once it is in the ledger; nil while its batch is still being integrated.
    package func receipt(for position: Int, in docket: DocketID) async throws -> Placed? {
        guard let opened = try await registry.entries(of: docket).first(where: { $0.entry.position == position })
        else { throw NoSuchDocket(docket: docket) }
        let index = try await registry.store.read {
            try LedgerTable.index(docket: docket, position: position, ordinal: 0, in: $0)
        }
        guard let index, index < (try sequencer.files.newestSigned()).checkpoint.size else { return nil }
        let entry = try LeafEntry(try sequencer.files.entry(at: index))
        let receipt = LedgerReceipt(
            content: String(decoding: opened.content, as: UTF8.self), salt: opened.salt, entry: entry,
            proof: try sequencer.files.proofFile(index: index))
        guard let receipt else { throw EntryFailure.malformed }
        return Placed(receipt: receipt, index: index)
    }

    /// Where the entries of a docket stand in the ledger, by position.
    package func places(of docket: DocketID) async throws -> [Int: UInt64] {
        try await registry.store.read { reading in
            var places: [Int: UInt64] = [:]
            let rows = try reading.rows(
                "SELECT position, leaf_index FROM ledger_index WHERE docket = $1 AND ordinal = 0", docket)
            for row in rows { places[Int(try row.integer(0))] = UInt64(try row.integer(1)) }
            return places
        }
    }
}

/// The court's signed answer to a submission (提交回执): whoever holds it can prove that a filing was made, even if the
/// court should ever deny it.
package struct SignedAnswer: Codable, Hashable, Sendable {
    package static let format = "xiezhi-answer/1"

    package let format: String
    package let court: String
    package let account: String
    package let docket: String
    package let entry: String
    /// SHA-256 of the entry's canonical content.
    package let content: String
    /// The digest the person signed.
    package let document: String
    package let time: String
    /// Base64 of the court's public key for answers.
    package let key: String
    /// Base64 of the Ed25519 signature over the canonical JSON of all other fields.
    package let signature: String

    enum CodingKeys: String, CodingKey {
        case format, court, account, docket, entry, content, document, time, key, signature
    }
}

/// Signs answers with the court's answer key.
package struct AnswerSigner: Sendable {
    private let keys: SigningKeys
    private let court: String

    package init(keys: SigningKeys, court: String) {
        self.keys = keys
        self.court = court
    }

    package func sign(_ entered: EnteredAct, document: ContentDigest) throws -> SignedAnswer {
        let key = try keys.answerKey
        let content = ContentDigest(bytes: entered.contentDigest)?.rawValue ?? ""
        let fields: [String: JSONValue] = [
            "format": .text(SignedAnswer.format), "court": .text(court),
            "account": .text(entered.entry.by.rawValue), "docket": .text(entered.entry.docket.rawValue),
            "entry": .text(entered.entry.id.rawValue), "content": .text(content),
            "document": .text(document.rawValue), "time": .text(entered.entry.entered.rawValue),
            "key": .text(Data(key.publicKey.rawRepresentation).base64EncodedString()),
        ]
        let signature = try key.signature(for: Data(CanonicalJSON.bytes(.object(fields))))
        var signed = fields
        signed["signature"] = .text(Data(signature).base64EncodedString())
        return try JSONCoding.decode(SignedAnswer.self, from: .object(signed))
    }

    /// Whether an answer was signed by the key it names, over exactly these fields.
    package static func verifies(_ answer: SignedAnswer) -> Bool {
        guard case .object(var fields)? = try? JSONCoding.encode(answer),
            fields.removeValue(forKey: "signature") != nil,
            let message = try? CanonicalJSON.bytes(.object(fields)), let keyData = Data(base64Encoded: answer.key),
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: keyData),
            let signature = Data(base64Encoded: answer.signature)
        else { return false }
        return key.isValidSignature(signature, for: Data(message))
    }
}
