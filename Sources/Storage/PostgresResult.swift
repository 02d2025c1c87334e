import CPostgres

/// What the server answered, in binary form; freed with its last holder.
final class PostgresResult {
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    var command: String { String(cString: PQcmdStatus(handle)) }

    /// Rows changed, or rows returned by a query.
    var changed: Int { Int(String(cString: PQcmdTuples(handle))) ?? 0 }

    func rows() throws -> [Row] {
        let columns = 0..<PQnfields(handle)
        let types = columns.map { PQftype(handle, $0) }
        return try (0..<PQntuples(handle)).map { row in
            try Row(columns: columns.map { try value(row, $0, types[Int($0)]) })
        }
    }

    func field(_ code: Character) -> String? {
        guard let ascii = code.asciiValue else { return nil }
        return PQresultErrorField(handle, Int32(ascii)).map { String(cString: $0) }
    }

    private func value(_ row: Int32, _ column: Int32, _ type: Oid) throws -> ColumnValue {
        guard PQgetisnull(handle, row, column) == 0 else { return .null }
        let count = Int(PQgetlength(handle, row, column))
        let bytes = UnsafeRawBufferPointer(start: PQgetvalue(handle, row, column), count: count)
        switch type {
        case 17: return .bytes([UInt8](bytes))
        case 20, 21, 23: return .integer(integer(bytes))
        case 16, 26: return .integer(bytes.reduce(0) { $0 << 8 | Int64($1) })
        case 19, 25, 705, 1042, 1043:
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw StorageError.unexpected("column \(column) is not UTF-8")
            }
            return .text(text)
        case 1700: return try .integer(whole(bytes, column))
        case 2278: return .null
        default: throw StorageError.unexpected("column \(column) has PostgreSQL type \(type)")
        }
    }

    /// Two's complement of 2, 4 or 8 bytes.
    private func integer(_ bytes: UnsafeRawBufferPointer) -> Int64 {
        let start: Int64 = (bytes.first ?? 0) & 0x80 == 0 ? 0 : -1
        return bytes.reduce(start) { $0 << 8 | Int64($1) }
    }

    /// A `numeric`, which is what the sum of BIGINTs is: groups of four decimal digits, the first of weight 10000^weight.
    private func whole(_ bytes: UnsafeRawBufferPointer, _ column: Int32) throws -> Int64 {
        let words = stride(from: 0, to: bytes.count - 1, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        let mismatch = StorageError.unexpected("column \(column) is not a whole number of 64 bits")
        guard words.count >= 4, words[2] == 0 || words[2] == 0x4000 else { throw mismatch }
        let weight = Int(Int16(truncatingIfNeeded: words[1]))
        let digits = words.dropFirst(4)
        guard digits.isEmpty || (digits.count - 1 <= weight && weight < 5) else { throw mismatch }
        var value: Int64 = 0
        for place in 0..<max(weight + 1, 0) {
            let digit = place < digits.count ? Int64(digits[digits.startIndex + place]) : 0
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10_000)
            // Counted downwards when negative, so that the least Int64 fits too.
            let (sum, carry) =
                words[2] == 0 ? scaled.addingReportingOverflow(digit) : scaled.subtractingReportingOverflow(digit)
            guard !overflow, !carry else { throw mismatch }
            value = sum
        }
        return value
    }
}

extension Parameter {
    /// The type the server shall take it for.
    var oid: Oid {
        switch type {
        case .bytes: 17
        case .integer: 20
        case .text: 25
        }
    }

    fileprivate var binary: [UInt8]? {
        switch value {
        case .null: nil
        case .integer(let value): (0..<8).map { UInt8(truncatingIfNeeded: value >> Int64(56 - 8 * $0)) }
        case .text(let value): Array(value.utf8)
        case .bytes(let value): value
        }
    }
}

/// Lends parameters to libpq as binary: their number, addresses, lengths and formats.
func withBinary<Result>(
    _ values: [Parameter],
    _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<Int32>, UnsafePointer<Int32>) throws -> Result
) throws -> Result {
    let binaries = values.map(\.binary)
    guard binaries.allSatisfy({ ($0?.count ?? 0) <= Int32.max }) else {
        throw StorageError.constraint("value too long")
    }
    // One block for all: an address for each, also for the empty one, which must not look like null.
    let block = binaries.reduce(into: [UInt8]()) { $0 += $1 ?? [] } + [0]
    let lengths = binaries.map { Int32($0?.count ?? 0) }
    let formats = binaries.map { _ in Int32(1) }
    return try block.withUnsafeBytes { block in
        var offset = 0
        let start = block.baseAddress?.assumingMemoryBound(to: CChar.self)
        let pointers: [UnsafePointer<CChar>?] = binaries.map { binary in
            guard let binary else { return nil }
            defer { offset += binary.count }
            return start.map { $0 + offset }
        }
        return try body(Int32(values.count), pointers, lengths, formats)
    }
}

/// Lends texts to C; nil ends a list there.
func withCStrings<Result>(
    _ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    let copies: [[CChar]?] = texts.map { text in text.map { Array($0.utf8CString) } }
    var block: [CChar] = []
    for copy in copies { block += copy ?? [] }
    return block.withUnsafeBufferPointer { block in
        var offset = 0
        let pointers: [UnsafePointer<CChar>?] = copies.map { copy in
            guard let copy else { return nil }
            defer { offset += copy.count }
            return block.baseAddress.map { $0 + offset }
        }
        return body(pointers)
    }
}
