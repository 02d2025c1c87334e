/// The names a zip lists in the directory at its end, which is what programs that open it go by.
enum ZipDirectory {
    /// Put before the content of the entry `mimetype`, by which OpenDocument files name themselves.
    static let openDocumentMark = "mimetype:"
    private static let largestDirectory: Int64 = 1 << 20

    /// - Returns: at most 4,096 names; none when there is no directory where there should be one, or it is larger
    ///   than 1 MiB.
    static func names(size: Int64, read: (Range<Int64>) throws -> [UInt8]) rethrows -> [String] {
        // The end record has 22 bytes and a comment of at most 65,535.
        let tail = try read(max(0, size - 65_557)..<size)
        guard tail.count >= 22,
            let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: { position in
                tail[position...].starts(with: [0x50, 0x4B, 5, 6])
                    && position + 22 + number(tail, position + 20, bytes: 2) == tail.count
            })
        else { return [] }
        let length = Int64(number(tail, end + 12, bytes: 4))
        let start = Int64(number(tail, end + 16, bytes: 4))
        guard length <= largestDirectory, start + length <= size else { return [] }
        var names = entryNames(try read(start..<(start + length)))
        if let mark = try openDocumentType(size: size, read: read) { names.append(openDocumentMark + mark) }
        return names
    }

    private static func entryNames(_ directory: [UInt8]) -> [String] {
        var names: [String] = []
        var position = 0
        while position + 46 <= directory.count, names.count < 4_096,
            directory[position...].starts(with: [0x50, 0x4B, 1, 2])
        {
            let name = number(directory, position + 28, bytes: 2)
            let extra = number(directory, position + 30, bytes: 2)
            let comment = number(directory, position + 32, bytes: 2)
            guard position + 46 + name <= directory.count else { break }
            names.append(String(decoding: directory[(position + 46)..<(position + 46 + name)], as: UTF8.self))
            position += 46 + name + extra + comment
        }
        return names
    }

    /// An OpenDocument file begins with an uncompressed entry called `mimetype`.
    private static func openDocumentType(size: Int64, read: (Range<Int64>) throws -> [UInt8]) rethrows -> String? {
        let start = try read(0..<min(size, 200))
        guard start.count >= 38, number(start, 8, bytes: 2) == 0, number(start, 26, bytes: 2) == 8,
            start[30..<38].elementsEqual("mimetype".utf8)
        else { return nil }
        let content = 38 + number(start, 28, bytes: 2)
        let length = number(start, 22, bytes: 4)
        guard content + length <= start.count else { return nil }
        return String(decoding: start[content..<(content + length)], as: UTF8.self)
    }

    /// Little-endian; the caller has checked the bounds.
    private static func number(_ bytes: [UInt8], _ position: Int, bytes count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    }
}
