import Foundation
import NIOCore
import Procedure
import Storage

/// One file of the zip: its path inside, and where its bytes come from.
struct ZipPart: Sendable {
    enum Content: Sendable {
        case bytes([UInt8])
        /// Opened only when its turn comes.
        case stored(StoredFile)
    }

    /// Relative, forward slashes, never `..`.
    let path: String
    let content: Content

    var bytes: Int64 {
        switch content {
        case .bytes(let bytes): Int64(bytes.count)
        case .stored(let file): file.size
        }
    }
}

/// The parts as one zip, written while it is read; a few buffers of at most 1 MiB are held, whatever the size.
///
/// A range in the middle is written from the beginning and skipped: a zip carries checksums of all that came before.
struct ZipStream: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    let parts: [ZipPart]
    let files: FileStore
    let time: Instant
    /// The bytes it gives.
    let range: Range<Int64>

    func makeAsyncIterator() -> Iterator { Iterator(self) }

    struct Iterator: AsyncIteratorProtocol {
        private let stream: ZipStream
        private var writer: ZipWriter?
        private var parts: ArraySlice<ZipPart>
        private var open: SealedFileStream.Iterator?
        private var isFinished = false
        /// Of the next byte the writer gives.
        private var position: Int64 = 0

        fileprivate init(_ stream: ZipStream) {
            self.stream = stream
            parts = stream.parts[...]
        }

        mutating func next() async throws -> ByteBuffer? {
            while position < stream.range.upperBound, let piece = try await piece() {
                let begins = position
                position += Int64(piece.readableBytes)
                let wanted = stream.range.clamped(to: begins..<position)
                guard !wanted.isEmpty else { continue }
                return piece.getSlice(
                    at: piece.readerIndex + Int(wanted.lowerBound - begins), length: wanted.count)
            }
            return nil
        }

        /// The next bytes of the whole, maybe none; nil at the end.
        private mutating func piece() async throws -> ByteBuffer? {
            try Task.checkCancellation()
            guard !isFinished else { return nil }
            let writer = try self.writer ?? ZipWriter(time: stream.time)
            self.writer = writer
            if open != nil {
                if let bytes = try await open?.next() {
                    try bytes.withUnsafeReadableBytes { try writer.write($0) }
                } else {
                    open = nil
                    try writer.end()
                }
            } else if let part = parts.popFirst() {
                try writer.begin(part.path, bytes: part.bytes)
                switch part.content {
                case .bytes(let bytes):
                    try bytes.withUnsafeBytes { try writer.write($0) }
                    try writer.end()
                case .stored(let file):
                    open = try await stream.files.open(file).stream().makeAsyncIterator()
                }
            } else {
                try writer.finish()
                isFinished = true
            }
            return writer.take()
        }
    }
}
