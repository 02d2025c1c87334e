import CArchive
import Foundation
import NIOCore
import Procedure

/// Writes a zip with libarchive: stored, names in UTF-8, one time for all, so that the same parts always give the same
/// bytes.
///
/// Not `Sendable`: whoever writes owns it. What it has written waits in memory until `take`.
final class ZipWriter {
    private let archive: OpaquePointer
    private let output = Output()
    private let seconds: Int

    /// `AE_IFREG`; as a cast in a macro it does not come through to Swift.
    private static let regularFile: UInt32 = 0o100000

    private final class Output {
        var buffer = ByteBuffer()
    }

    /// - Parameter time: what every part of the zip is dated.
    init(time: Instant) throws {
        guard let archive = archive_write_new() else { throw ZipFailure(step: "new") }
        self.archive = archive
        seconds = Int(time.milliseconds / 1_000)
        try check(archive_write_set_format_zip(archive), "format")
        try check(archive_write_set_format_option(archive, "zip", "compression", "store"), "store")
        try check(archive_write_set_format_option(archive, "zip", "hdrcharset", "UTF-8"), "charset")
        // Whatever is written goes out at once; nothing is padded to blocks.
        try check(archive_write_set_bytes_per_block(archive, 0), "blocks")
        let context = Unmanaged.passUnretained(output).toOpaque()
        let opened = archive_write_open(
            archive, context, nil,
            { _, context, bytes, count in
                guard let context, let bytes else { return count == 0 ? 0 : -1 }
                Unmanaged<Output>.fromOpaque(context).takeUnretainedValue().buffer.writeBytes(
                    UnsafeRawBufferPointer(start: bytes, count: count))
                return count
            }, nil)
        try check(opened, "open")
    }

    deinit { archive_write_free(archive) }

    /// Begins a part; exactly `bytes` bytes must follow.
    func begin(_ path: String, bytes: Int64) throws {
        guard let entry = archive_entry_new() else { throw ZipFailure(step: "entry") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname_utf8(entry, path)
        archive_entry_set_size(entry, bytes)
        archive_entry_set_filetype(entry, Self.regularFile)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_mtime(entry, seconds, 0)
        try check(archive_write_header(archive, entry), "header")
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
        guard archive_write_data(archive, start, bytes.count) == bytes.count else { throw failure("data") }
    }

    func end() throws { try check(archive_write_finish_entry(archive), "end") }

    /// Writes the directory of the zip; nothing can follow.
    func finish() throws { try check(archive_write_close(archive), "close") }

    /// What was written since the last time.
    func take() -> ByteBuffer {
        defer { output.buffer = ByteBuffer() }
        return output.buffer
    }

    private func check(_ code: Int32, _ step: StaticString) throws {
        guard code == ARCHIVE_OK else { throw failure(step) }
    }

    private func failure(_ step: StaticString) -> ZipFailure { ZipFailure(step: "\(step)") }
}

/// The zip could not be written. Names the step only: paths may hold what people typed.
struct ZipFailure: Error, Hashable, Sendable {
    let step: String
}

extension ZipWriter {
    /// How long the zip of these parts is, in bytes, without reading them.
    ///
    /// Below 4 GiB what libarchive writes around the parts does not hang on what is in them, so the headers alone are
    /// written. Beyond, numbers grow wider with the place a part comes to lie; then zeros are written in its stead, at
    /// some gigabytes a second. Blocks.
    static func size(of parts: [(path: String, bytes: Int64)]) throws -> Int64 {
        let content = parts.reduce(Int64(0)) { $0 + $1.bytes }
        let around = try written(parts, withContent: false)
        let narrow = content + around < Int64(UInt32.max)
        return narrow ? content + around : try written(parts, withContent: true)
    }

    private static func written(_ parts: [(path: String, bytes: Int64)], withContent: Bool) throws -> Int64 {
        let writer = try ZipWriter(time: Instant(milliseconds: 0))
        let zeros = [UInt8](repeating: 0, count: withContent ? 1 << 20 : 0)
        var total: Int64 = 0
        for part in parts {
            try writer.begin(part.path, bytes: part.bytes)
            var left = withContent ? part.bytes : 0
            while left > 0 {
                let count = min(left, Int64(zeros.count))
                try zeros.withUnsafeBytes { try writer.write(UnsafeRawBufferPointer(rebasing: $0[..<Int(count)])) }
                total += Int64(writer.take().readableBytes)
                left -= count
            }
            try writer.end()
        }
        try writer.finish()
        return total + Int64(writer.take().readableBytes)
    }
}
