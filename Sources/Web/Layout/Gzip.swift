import CZlib
import Foundation

/// Compresses our own assets once at start. Pages are not compressed: they carry proofs and what people typed side by
/// side, and compression would let a listener guess one from the other.
enum Gzip {
    /// - Returns: nil when there is nothing to compress; the bytes then go out as they are.
    static func compressed(_ data: Data) -> Data? {
        guard !data.isEmpty else { return nil }
        let input = [UInt8](data)
        var output = [UInt8](repeating: 0, count: Int(compressBound(UInt(input.count))))
        var length = UInt(output.count)
        guard compress2(&output, &length, input, UInt(input.count), Z_BEST_COMPRESSION) == Z_OK, length > 6 else {
            return nil
        }
        // zlib's frame is two bytes before and four after the deflated data; gzip has its own.
        var gzip = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3])
        gzip.append(contentsOf: output[2..<Int(length) - 4])
        let check = UInt32(truncatingIfNeeded: crc32(0, input, UInt32(input.count)))
        for word in [check, UInt32(truncatingIfNeeded: input.count)] {
            gzip.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) })
        }
        return gzip
    }
}
