import Crypto
import Foundation
import Procedure

/// The table of files. A record table: rows are inserted and never changed.
///
/// Ids, volume, size and time are readable. The digest of a content would confirm it to whoever guesses, so it is
/// sealed like the name and the type. `object` is where the bytes are, `sealed_as` the file id they were encrypted
/// under: another one when the volume had the same content before, or when another docket shares the file.
package struct FileCatalogue: Sendable {
    let store: Store
    let court: String

    package static let migrations = [
        Migration(
            "files",
            """
            CREATE TABLE file (
                id <bytes> NOT NULL PRIMARY KEY,
                docket <bytes> NOT NULL,
                volume <text> NOT NULL CHECK (volume IN ('main', 'chambers')),
                size <integer> NOT NULL CHECK (size >= 0),
                sha256 <bytes> NOT NULL,
                object <bytes> NOT NULL,
                sealed_as <bytes> NOT NULL,
                wrapped <bytes> NOT NULL,
                media_type <bytes> NOT NULL,
                name <bytes> NOT NULL,
                created <integer> NOT NULL
            )<strict>
            """,
            "CREATE INDEX file_docket ON file (docket)",
            "CREATE INDEX file_object ON file (object)"),
        AppendOnly.migration("files are never changed", tables: "file"),
    ]

    private static let columns =
        "id, docket, volume, size, sha256, object, sealed_as, wrapped, media_type, name"

    /// A row as stored: what opens it is elsewhere.
    struct FileRow: Sendable {
        let id: FileID
        let docket: DocketID
        let volume: Volume
        let size: Int64
        let sha256, mediaType, name: [UInt8]
        let place: ObjectFolder.Place
    }

    func insert(
        _ file: StoredFile, at instant: Instant, keys: VolumeKeys, in transaction: Transaction
    ) throws {
        func sealed(_ value: [UInt8], _ column: String) throws -> [UInt8] {
            try Sealing.seal(value, with: keys.files, for: context(column, of: file.id, in: file.docket))
        }
        try transaction.run(
            """
            INSERT INTO file (id, docket, volume, size, sha256, object, sealed_as, wrapped, media_type, name, created)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            file.id, file.docket, file.volume.rawValue, file.size, sealed(file.sha256, "sha256"),
            file.place.object, file.place.sealedAs, file.place.wrappedKey,
            sealed(Array(file.mediaType.rawValue.utf8), "media_type"), sealed(Array(file.name.utf8), "name"),
            instant)
    }

    func row(_ id: FileID) async throws -> FileRow? {
        try await store.read { reading in
            try reading.rows("SELECT \(FileCatalogue.columns) FROM file WHERE id = $1", id)
                .map(FileCatalogue.row).first
        }
    }

    func rows(of docket: DocketID) async throws -> [FileRow] {
        try await store.read { reading in
            try reading.rows("SELECT \(FileCatalogue.columns) FROM file WHERE docket = $1 ORDER BY id", docket)
                .map(FileCatalogue.row)
        }
    }

    /// The next rows in the order of ids, for a walk through all of them.
    func rows(after id: FileID?, limit: Int) async throws -> [FileRow] {
        try await store.read { reading in
            try reading.rows(
                "SELECT \(FileCatalogue.columns) FROM file WHERE id > $1 ORDER BY id LIMIT $2", id?.bytes ?? [UInt8](),
                limit
            ).map(FileCatalogue.row)
        }
    }

    func names(_ object: [UInt8]) async throws -> Bool {
        try await store.read { reading in
            try !reading.rows("SELECT id FROM file WHERE object = $1 LIMIT 1", object).isEmpty
        }
    }

    /// - Throws: `FileCatalogueError.damaged` when a sealed column does not open.
    func open(_ row: FileRow, keys: VolumeKeys) throws -> StoredFile {
        func opened(_ sealed: [UInt8], _ column: String) throws -> [UInt8] {
            do {
                return try Sealing.open(sealed, with: keys.files, for: context(column, of: row.id, in: row.docket))
            } catch {
                throw FileCatalogueError.damaged(row.id, column: column)
            }
        }
        return StoredFile(
            id: row.id, docket: row.docket, volume: row.volume, sha256: try opened(row.sha256, "sha256"),
            size: row.size, name: String(decoding: try opened(row.name, "name"), as: UTF8.self),
            mediaType: MediaType(rawValue: String(decoding: try opened(row.mediaType, "media_type"), as: UTF8.self)),
            place: row.place)
    }

    private func context(_ column: String, of file: FileID, in docket: DocketID) -> SealingContext {
        SealingContext("file.row", .text(court), .id(docket), .id(file), .text(column))
    }

    private static func row(_ row: Row) throws -> FileRow {
        let id: FileID = try row.identifier(0)
        guard let volume = Volume(rawValue: try row.text(2)) else {
            throw FileCatalogueError.damaged(id, column: "volume")
        }
        return FileRow(
            id: id, docket: try row.identifier(1), volume: volume, size: try row.integer(3), sha256: try row.bytes(4),
            mediaType: try row.bytes(8), name: try row.bytes(9),
            place: ObjectFolder.Place(
                object: try row.bytes(5), sealedAs: try row.identifier(6), wrappedKey: try row.bytes(7)))
    }
}

package enum FileCatalogueError: Error, Hashable, Sendable {
    /// A sealed column does not open, or a plain one is none of ours.
    case damaged(FileID, column: String)
}
