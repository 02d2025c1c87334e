import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// Compresses our own assets once at start, with the system's zlib. Pages are not compressed: they carry proofs and
/// what people typed side by side, and compression would let a listener guess one from the other.
enum Gzip {
    private typealias Bound = @convention(c) (UInt) -> UInt
    private typealias Compress =
        @convention(c) (
            UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt>, UnsafePointer<UInt8>, UInt, Int32
        ) -> Int32
    private typealias CRC = @convention(c) (UInt, UnsafePointer<UInt8>, UInt32) -> UInt

    /// - Returns: nil where the system has no zlib; the bytes then go out as they are.
    static func compressed(_ data: Data) -> Data? {
        guard !data.isEmpty, let library = dlopen("libz.so.1", RTLD_NOW), let boundAt = dlsym(library, "compressBound"),
            let compressAt = dlsym(library, "compress2"), let crcAt = dlsym(library, "crc32")
        else { return nil }
        let bound = unsafeBitCast(boundAt, to: Bound.self)
        let compress = unsafeBitCast(compressAt, to: Compress.self)
        let crc = unsafeBitCast(crcAt, to: CRC.self)

        let input = [UInt8](data)
        var output = [UInt8](repeating: 0, count: Int(bound(UInt(input.count))))
        var length = UInt(output.count)
        guard compress(&output, &length, input, UInt(input.count), 9) == 0, length > 6 else { return nil }

        // zlib's frame is two bytes before and four after the deflated data; gzip has its own.
        var gzip = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3])
        gzip.append(contentsOf: output[2..<Int(length) - 4])
        for word in [
            UInt32(truncatingIfNeeded: crc(0, input, UInt32(input.count))), UInt32(truncatingIfNeeded: input.count),
        ] {
            gzip.append(contentsOf: (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) })
        }
        return gzip
    }
}
