import Crypto
import Foundation
import Ledger
import Procedure
import Storage

/// The ledger leaf of an act: commitments to its content and to its place in the chain of its docket.
package enum ActLeaf {
    /// - Parameters:
    ///   - salt: the 32 random bytes of this act.
    ///   - previous: SHA-256 of the previous entry's content; empty for the first.
    package static func make(
        content: [UInt8], salt: [UInt8], docket: DocketID, position: Int, previous: [UInt8], entered: Instant
    ) throws -> [UInt8] {
        try make(
            digest: Hash.sha256(content), salt: salt, docket: docket, position: position, previous: previous,
            entered: entered)
    }

    /// The same for a content that was hashed before.
    static func make(
        digest: Hash, salt: [UInt8], docket: DocketID, position: Int, previous: [UInt8], entered: Instant
    ) throws -> [UInt8] {
        guard let salt = LeafSalt(salt),
            let chain = chainText(
                docket: docket.rawValue, position: UInt64(position), previous: previous.isEmpty ? nil : Hash(previous))
        else { throw EntryFailure.malformed }
        return try LeafEntry(
            kind: .act, minutes: minutes(entered),
            commitments: [
                salt.commitment(.act, toDigest: digest),
                salt.commitment(.chain, toDigest: Hash.sha256(Array(chain.utf8))),
            ]
        ).bytes
    }

    static func minutes(_ instant: Instant) -> UInt64 { UInt64(max(0, instant.milliseconds / 60_000)) }
}

/// The leaves of the files that acts enter, one each.
package enum FileLeafTable {
    static let migration = Migration(
        "docket-003-file-leaves",
        """
        CREATE TABLE file_leaf (
            docket <bytes> NOT NULL, position <integer> NOT NULL, ordinal <integer> NOT NULL, file <bytes> NOT NULL,
            salt <bytes> NOT NULL, leaf <bytes> NOT NULL,
            PRIMARY KEY (docket, position, ordinal)
        )<strict>
        """)
    /// Which files a docket holds: another docket's person never gets one by guessing its name.
    static let fileIndex = Migration(
        "docket-004-file-leaf-files", "CREATE INDEX file_leaf_file ON file_leaf (file)")

    static func insert(
        filesOf body: any ActBody, entry: StoredEntry, in transaction: Transaction,
        sealing: EntrySealing, keys: DocketKeys
    ) throws {
        for (ordinal, file) in body.files.enumerated() {
            let salt = SecureRandom.bytes(32)
            guard let leafSalt = LeafSalt(salt), let digest = Hash(file.digest.bytes) else {
                throw EntryFailure.malformed
            }
            let leaf = try LeafEntry(
                kind: .file, minutes: ActLeaf.minutes(entry.entered),
                commitments: [leafSalt.commitment(.file, toDigest: digest)])
            try transaction.run(
                "INSERT INTO file_leaf (docket, position, ordinal, file, salt, leaf) VALUES ($1, $2, $3, $4, $5, $6)",
                entry.docket, entry.position, ordinal, file.file,
                try Sealing.seal(
                    salt, with: keys[entry.volume].acts,
                    for: SealingContext(
                        "file.leaf", .text(sealing.court), .id(entry.docket), .number(entry.position), .number(ordinal))
                ),
                leaf.bytes)
        }
    }
}

extension ContentDigest {
    /// The 32 bytes that the hex digits spell.
    package var bytes: [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
