/// What stands in the log for an act or a file: commitments and codes, nothing personal.
///
/// Stored as a deterministic CBOR map (RFC 8949 section 4.2.1): 1 format, 2 kind, 3 issuer, 4 minutes,
/// 5 commitments.
///
/// - Source: decisions, "The leaf".
public struct LeafEntry: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable, CaseIterable {
        case act = 1
        case file
        case accessLogHour
        case deposit
        case depositRoot
        case foreignCheckpoint
        case keyOrPolicy
        case statistics

        /// The labels of the commitments, where the kind fixes them.
        var labels: [LeafLabel]? {
            switch self {
            case .act: [.act, .chain]
            case .file: [.file]
            default: nil
            }
        }
    }

    public static let longest = 4_096
    private static let format: UInt64 = 1

    public let kind: Kind
    /// 0 is this court.
    public let issuer: UInt64
    /// Whole minutes since the start of 1970, UTC.
    public let minutes: UInt64
    /// At least one; an act has its own and its chain's, a file has one.
    public let commitments: [Hash]
    /// The entry as it stands in the log.
    public let bytes: [UInt8]

    /// - Throws: `Malformed` for a number of commitments that the kind does not have, a number of 2^63 or
    ///   more, or more than 4,096 bytes.
    public init(kind: Kind, issuer: UInt64 = 0, minutes: UInt64, commitments: [Hash]) throws(Malformed) {
        guard !commitments.isEmpty, kind.labels.map({ $0.count == commitments.count }) ?? true else {
            throw Malformed(.leaf, "an entry of kind \(kind.rawValue) has another number of commitments")
        }
        guard issuer <= Decimal.most, minutes <= Decimal.most else {
            throw Malformed(.leaf, "issuer or minutes are out of range")
        }
        var writer = CBORWriter()
        writer.head(.map, 5)
        writer.head(.number, 1)
        writer.head(.number, LeafEntry.format)
        writer.head(.number, 2)
        writer.head(.number, UInt64(kind.rawValue))
        writer.head(.number, 3)
        writer.head(.number, issuer)
        writer.head(.number, 4)
        writer.head(.number, minutes)
        writer.head(.number, 5)
        writer.head(.array, UInt64(commitments.count))
        for commitment in commitments {
            writer.head(.bytes, UInt64(Hash.byteCount))
            writer.bytes += commitment.bytes
        }
        guard writer.bytes.count <= LeafEntry.longest else {
            throw Malformed(.leaf, "an entry has at most \(LeafEntry.longest) bytes")
        }
        self.kind = kind
        self.issuer = issuer
        self.minutes = minutes
        self.commitments = commitments
        bytes = writer.bytes
    }

    /// Reads an entry; the only accepted bytes are those that writing it again gives.
    public init(_ bytes: [UInt8]) throws(Malformed) {
        guard bytes.count <= LeafEntry.longest else {
            throw Malformed(.leaf, "an entry has at most \(LeafEntry.longest) bytes")
        }
        var reader = CBORReader(bytes[...])
        guard try reader.head(.map) == 5 else { throw Malformed(.leaf, "is not a map of five") }
        guard try reader.number(under: 1) == LeafEntry.format else { throw Malformed(.leaf, "is of an unknown format") }
        guard let kind = UInt8(exactly: try reader.number(under: 2)).flatMap(Kind.init) else {
            throw Malformed(.leaf, "is of an unknown kind")
        }
        let issuer = try reader.number(under: 3)
        let minutes = try reader.number(under: 4)
        guard try reader.head(.number) == 5 else { throw Malformed(.leaf, "its keys are not 1 to 5") }
        let count = try reader.head(.array)
        guard count <= UInt64(reader.rest.count) else { throw Malformed(.leaf, "ends early") }
        var commitments: [Hash] = []
        for _ in 0..<count { commitments.append(try reader.hash()) }
        guard reader.rest.isEmpty else { throw Malformed(.leaf, "goes on after its end") }
        try self.init(kind: kind, issuer: issuer, minutes: minutes, commitments: commitments)
    }
}

private enum CBORType: UInt8 {
    case number = 0
    case bytes = 2
    case array = 4
    case map = 5
}

private struct CBORWriter {
    var bytes: [UInt8] = []

    mutating func head(_ type: CBORType, _ value: UInt64) {
        let high = type.rawValue << 5
        switch value {
        case 0..<24: bytes.append(high | UInt8(value))
        case 24...0xFF: append(high | 24, value, count: 1)
        case 0x100...0xFFFF: append(high | 25, value, count: 2)
        case 0x1_0000...0xFFFF_FFFF: append(high | 26, value, count: 4)
        default: append(high | 27, value, count: 8)
        }
    }

    private mutating func append(_ first: UInt8, _ value: UInt64, count: Int) {
        bytes.append(first)
        for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
    }
}

private struct CBORReader {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func head(_ type: CBORType) throws(Malformed) -> UInt64 {
        guard let first = rest.popFirst(), first >> 5 == type.rawValue else {
            throw Malformed(.leaf, "is not laid out as an entry")
        }
        let small = first & 31
        if small < 24 { return UInt64(small) }
        guard small <= 27 else { throw Malformed(.leaf, "is not laid out as an entry") }
        let count = 1 << Int(small - 24)
        guard rest.count >= count else { throw Malformed(.leaf, "ends early") }
        let value = rest.prefix(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(count)
        // Deterministic CBOR writes every number as short as it can be.
        let leastForCount: [Int: UInt64] = [1: 24, 2: 0x100, 4: 0x1_0000, 8: 0x1_0000_0000]
        guard let least = leastForCount[count], value >= least else {
            throw Malformed(.leaf, "writes a number longer than needed")
        }
        return value
    }

    mutating func number(under key: UInt64) throws(Malformed) -> UInt64 {
        guard try head(.number) == key else { throw Malformed(.leaf, "its keys are not 1 to 5") }
        return try head(.number)
    }

    mutating func hash() throws(Malformed) -> Hash {
        guard try head(.bytes) == UInt64(Hash.byteCount), let hash = Hash(rest.prefix(Hash.byteCount)) else {
            throw Malformed(.leaf, "a commitment is not 32 bytes")
        }
        rest = rest.dropFirst(Hash.byteCount)
        return hash
    }
}
