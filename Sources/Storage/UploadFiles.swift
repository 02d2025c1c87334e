import Crypto
import Foundation
import Procedure

package typealias UploadID = Identifier<StagedUpload>

/// What a staged upload keeps in `staging/`, four files under its id:
///
/// - `.upload`: what is being uploaded, for whom, and how long it will be; written once
/// - `.data`: the encrypted file, whole chunks only until it is finished
/// - `.tail`: the bytes after those, as a sealed piece of their own, replaced as a whole
/// - `.done`: digest and length, once the last byte was there
///
/// Files beside the data rather than a table: an offset is true when the bytes it counts are on the disk, both are
/// made durable by the same call, and no database transaction is spent on each piece of a video.
struct UploadFiles: Sendable {
    let folder: DataFolder
    let id: UploadID
    /// Of the docket's volume; seals what the files say.
    let key: SymmetricKey

    var data: String { path("data") }
    private var tail: String { path("tail") }
    private var facts: String { path("upload") }
    private var done: String { path("done") }

    static let suffixes = ["upload", "data", "tail", "done"]

    private func path(_ suffix: String) -> String { "\(folder.staging)/\(id).\(suffix)" }

    // MARK: What is being uploaded

    struct Facts: Codable, Sendable {
        let docket: DocketID
        let volume: Volume
        let account: AccountID
        let file: FileID
        let length: Int64
        let name: String
    }

    func write(_ facts: Facts) throws {
        let sealed = try Sealing.seal(
            JSONEncoder().encode(facts), with: key, for: context("facts", facts.docket, facts.volume))
        let volume: UInt8 = facts.volume == .main ? 0 : 1
        try Disk.writeNew(facts.docket.bytes + [volume] + sealed, to: self.facts)
    }

    /// The docket and volume of an upload, which say whose keys open the rest.
    ///
    /// - Returns: nil when there is no such upload.
    static func owner(of id: UploadID, in folder: DataFolder) throws -> (docket: DocketID, volume: Volume)? {
        let path = "\(folder.staging)/\(id).upload"
        guard Disk.exists(path) else { return nil }
        let head = try Disk.read(path, limit: 17)
        guard let docket = DocketID(bytes: head.prefix(16)), head.count == 17 else { throw SealingError.tooShort }
        return (docket, head[16] == 0 ? .main : .chambers)
    }

    func readFacts() throws -> Facts {
        let bytes = try Disk.read(facts, limit: 1 << 16)
        guard let owner = try UploadFiles.owner(of: id, in: folder) else { throw UploadError.gone }
        let plain = try Sealing.open(
            Array(bytes.dropFirst(17)), with: key, for: context("facts", owner.docket, owner.volume))
        return try JSONDecoder().decode(Facts.self, from: Data(plain))
    }

    // MARK: The tail

    func writeTail(_ bytes: [UInt8], after chunks: Int, key: SymmetricKey) throws {
        let sealed = try Sealing.seal(bytes, with: key, for: SealingContext("upload.tail", .id(id), .number(chunks)))
        try Disk.replace(tail, with: bigEndian(UInt64(chunks)) + sealed)
    }

    /// The bytes after the whole chunks; empty when the tail on disk has become part of a chunk since.
    func readTail(after chunks: Int, key: SymmetricKey) throws -> [UInt8] {
        guard Disk.exists(tail) else { return [] }
        let bytes = try Disk.read(tail, limit: 8 + SealedFileFormat.recordBytes)
        guard bytes.starts(with: bigEndian(UInt64(chunks))) else { return [] }
        return try Sealing.open(
            Array(bytes.dropFirst(8)), with: key, for: SealingContext("upload.tail", .id(id), .number(chunks)))
    }

    // MARK: The end

    struct Result: Codable, Sendable {
        let sha256: [UInt8]
        let size: Int64
    }

    func write(_ result: Result) throws {
        try Disk.replace(done, with: Sealing.seal(JSONEncoder().encode(result), with: key, for: context("done")))
    }

    func readResult() throws -> Result? {
        guard Disk.exists(done) else { return nil }
        let plain = try Sealing.open(Disk.read(done, limit: 4_096), with: key, for: context("done"))
        return try JSONDecoder().decode(Result.self, from: Data(plain))
    }

    /// Removes the bytes, after they got their place among the files.
    func removeData() throws {
        try Disk.remove(data)
        try Disk.remove(tail)
    }

    /// Removes everything; the facts first, so that a crash leaves no upload that is half there.
    static func removeAll(of id: UploadID, in folder: DataFolder) throws {
        for suffix in suffixes { try Disk.remove("\(folder.staging)/\(id).\(suffix)") }
        try Disk.syncFolder(folder.staging)
    }

    private func context(_ what: String) -> SealingContext { SealingContext("upload.\(what)", .id(id)) }

    private func context(_ what: String, _ docket: DocketID, _ volume: Volume) -> SealingContext {
        SealingContext("upload.\(what)", .id(id), .id(docket), .text(volume.rawValue))
    }
}
