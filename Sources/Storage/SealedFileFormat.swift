import Crypto
import Foundation
import Procedure

/// An encrypted file on disk: a header, then one sealed record for every 1 MiB of plaintext, the last one shorter.
///
/// Header, 92 bytes: `xzf`, format version 1, algorithm 1, binary logarithm of the chunk size (20), the file's id
/// (16 bytes), the file's key wrapped by its volume's key (41), and a seal over all of that (29). Each record is
/// bound to the file's id, its index and whether it is the last; so nothing can be reordered, cut off or added, and
/// any range opens without the rest. A file of no bytes has one empty record.
enum SealedFileFormat {
    static let chunkBytes = 1 << 20
    static let recordBytes = chunkBytes + Sealing.overhead
    static let headerBytes = 22 + KeyWrapping.byteCount + Sealing.overhead
    private static let prefix: [UInt8] = Array("xzf".utf8) + [1, 1, 20]

    static func header(for file: FileID, key: SymmetricKey, wrapped: [UInt8]) throws -> [UInt8] {
        let facts = prefix + file.bytes + wrapped
        return facts + (try Sealing.seal([UInt8](), with: key, for: SealingContext("file.header", .bytes(facts))))
    }

    /// The id and the wrapped key a header names, unchecked until its seal opens.
    static func parse(_ header: [UInt8]) -> (file: FileID, wrapped: [UInt8])? {
        guard header.count == headerBytes, header.starts(with: prefix), let file = FileID(bytes: header[6..<22]) else {
            return nil
        }
        return (file, Array(header[22..<(22 + KeyWrapping.byteCount)]))
    }

    static func isIntact(_ header: [UInt8], key: SymmetricKey) -> Bool {
        let facts = Array(header.prefix(22 + KeyWrapping.byteCount))
        let seal = Array(header.dropFirst(facts.count))
        return (try? Sealing.open(seal, with: key, for: SealingContext("file.header", .bytes(facts)))) == []
    }

    static func context(of chunk: Int, isLast: Bool, in file: FileID) -> SealingContext {
        SealingContext("file.chunk", .id(file), .number(chunk), .number(isLast ? 1 : 0))
    }

    static func offset(ofRecord chunk: Int) -> Int64 { Int64(headerBytes) + Int64(chunk) * Int64(recordBytes) }

    /// How many records hold `size` bytes of plaintext.
    static func chunks(for size: Int64) -> Int {
        max(1, Int((size + Int64(chunkBytes) - 1) / Int64(chunkBytes)))
    }

    static func sealedBytes(for size: Int64) -> Int64 {
        Int64(headerBytes) + size + Int64(chunks(for: size)) * Int64(Sealing.overhead)
    }
}
