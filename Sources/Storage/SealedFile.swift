import Crypto
import Foundation
import NIOCore
import Procedure

/// A stored file open for reading. Any range opens without the rest; nothing larger than a chunk is held.
///
/// The object stays readable through this even if its name is swept meanwhile.
package final class SealedFile: Sendable {
    /// The length of the plaintext, in bytes.
    package let size: Int64
    private let file: OpenFile
    private let sealedAs: FileID
    private let key: SymmetricKey

    /// - Throws: `SealedFileDamage`; `DiskError`, with the code `ENOENT` when there is no such file.
    init(_ path: String, sealedAs: FileID, size: Int64, key: SymmetricKey) throws {
        file = try OpenFile(path, O_RDONLY)
        (self.sealedAs, self.size, self.key) = (sealedAs, size, key)
        let header = try file.read(at: 0, count: SealedFileFormat.headerBytes)
        guard SealedFileFormat.parse(header)?.file == sealedAs, SealedFileFormat.isIntact(header, key: key) else {
            throw SealedFileDamage(part: .header)
        }
    }

    /// The bytes of `range`, cut to the file's length. Blocks; see `stream` for the way that does not.
    ///
    /// - Throws: `SealedFileDamage`, naming the first chunk in the way; `DiskError`.
    package func read(_ range: Range<Int64>) throws -> [UInt8] {
        let range = range.clamped(to: 0..<size)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            let part = try chunk(at: position, upTo: range.upperBound)
            bytes.append(contentsOf: part)
            position += Int64(part.count)
        }
        return bytes
    }

    /// The bytes of `range` (all when nil) in buffers of at most 1 MiB, each read when it is asked for.
    package func stream(_ range: Range<Int64>? = nil) -> SealedFileStream {
        SealedFileStream(file: self, range: (range ?? 0..<size).clamped(to: 0..<size))
    }

    /// What of the chunk that holds `position` lies before `end`.
    func chunk(at position: Int64, upTo end: Int64) throws -> ArraySlice<UInt8> {
        let index = Int(position / Int64(SealedFileFormat.chunkBytes))
        let start = Int64(index) * Int64(SealedFileFormat.chunkBytes)
        let chunk = try open(index)
        return chunk[Int(position - start)..<min(chunk.count, Int(end - start))]
    }

    /// Opens one chunk, the empty one of an empty file too.
    func open(_ index: Int) throws -> [UInt8] {
        let last = SealedFileFormat.chunks(for: size) - 1
        let start = Int64(index) * Int64(SealedFileFormat.chunkBytes)
        let length = Int(min(Int64(SealedFileFormat.chunkBytes), size - start))
        let record = try file.read(
            at: SealedFileFormat.offset(ofRecord: index), count: length + Sealing.overhead)
        let context = SealedFileFormat.context(of: index, isLast: index == last, in: sealedAs)
        guard record.count == length + Sealing.overhead,
            let chunk = try? Sealing.open(record, with: key, for: context)
        else { throw SealedFileDamage(part: .chunk(index)) }
        return chunk
    }

    /// Reads everything and compares it with `sha256`.
    ///
    /// - Throws: `SealedFileDamage`, naming the first damaged part; `DiskError`.
    func verify(sha256: [UInt8]) throws {
        var digest = SHA256()
        for index in 0..<SealedFileFormat.chunks(for: size) { digest.update(data: try open(index)) }
        guard try file.size == SealedFileFormat.sealedBytes(for: size) else { throw SealedFileDamage(part: .length) }
        guard equalInConstantTime(Array(digest.finalize()), sha256) else { throw SealedFileDamage(part: .content) }
    }
}

/// A stored file is not what was written.
package struct SealedFileDamage: Error, Hashable, Sendable {
    package let part: Part

    package enum Part: Hashable, Sendable {
        /// The first 92 bytes: another file's, or changed.
        case header
        /// The chunk of 1 MiB with this index, counted from 0: changed, moved or cut off.
        case chunk(Int)
        /// There are bytes after the last chunk.
        case length
        /// It opens, and is not the content the catalogue names.
        case content
        /// The key in the catalogue does not open.
        case key
    }
}

/// The plaintext of a stored file as a stream.
package struct SealedFileStream: AsyncSequence, Sendable {
    package typealias Element = ByteBuffer
    let file: SealedFile
    /// The bytes it gives, in the plaintext.
    package let range: Range<Int64>

    package func makeAsyncIterator() -> Iterator {
        Iterator(file: file, position: range.lowerBound, end: range.upperBound)
    }

    package struct Iterator: AsyncIteratorProtocol {
        let file: SealedFile
        var position: Int64
        let end: Int64

        package mutating func next() async throws -> ByteBuffer? {
            guard position < end else { return nil }
            try Task.checkCancellation()
            let part = try await Disk.blocking { [file, position, end] in
                ByteBuffer(bytes: try file.chunk(at: position, upTo: end))
            }
            position += Int64(part.readableBytes)
            return part
        }
    }
}
