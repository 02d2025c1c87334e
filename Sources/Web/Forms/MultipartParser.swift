import NIOCore
import Procedure

/// Takes a `multipart/form-data` body apart as it arrives (RFC 7578, RFC 2046), holding never more than a header block
/// or a boundary's length of it.
struct MultipartParser: Sendable {
    struct Header: Hashable, Sendable {
        let name: String
        /// As the sender named the file; nil for a field.
        let fileName: String?
        let mediaType: String?
    }

    enum Event: Hashable, Sendable {
        case part(Header)
        case bytes(ByteBuffer)
        case partEnded
    }

    static let maximumHeaderBytes = 8 * 1024
    static let maximumParts = Form.maximumFields
    static let maximumFileNameBytes = 1_024

    private enum State {
        /// Before the first boundary; nothing may stand there but a line break.
        case preamble
        case headers
        case body
        case ended
    }

    private var state = State.preamble
    private var buffer: ArraySlice<UInt8>
    private var parts = 0
    /// CR LF and two dashes before it: how a part ends.
    private let delimiter: [UInt8]
    private let search: BoundarySearch

    /// - Throws: `Malformed` when the content type names no usable boundary.
    init(contentType: String) throws(Malformed) {
        guard let boundary = Self.parameter("boundary", in: contentType), (1...70).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy({ (0x21...0x7E).contains($0) || $0 == 0x20 }), boundary.last != " "
        else { throw Malformed(.formUnreadable) }
        delimiter = Array("\r\n--\(boundary)".utf8)
        search = BoundarySearch(delimiter)
        // As if a line break stood before the body, so that the first boundary is like all others.
        buffer = [0x0D, 0x0A]
    }

    /// - Throws: `Malformed`; the parser is then of no further use.
    mutating func feed(_ input: ByteBuffer) throws(Malformed) -> [Event] {
        guard state != .ended else { return [] }
        buffer.append(contentsOf: input.readableBytesView)
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// - Throws: `Malformed` when the body broke off before its final boundary.
    func finish() throws(Malformed) {
        guard state == .ended else {
            throw Malformed(Words("文件没有传完，连接中断。", "The connection broke before everything had arrived."))
        }
    }

    /// - Returns: whether there may be more to do with what is there.
    private mutating func step(_ events: inout [Event]) throws(Malformed) -> Bool {
        switch state {
        case .ended: return false
        case .preamble:
            guard buffer.count >= delimiter.count + 2 else { return false }
            guard buffer.starts(with: delimiter) else { throw Malformed(.formUnreadable) }
            return try passBoundary()
        case .headers:
            return try readHeaders(&events)
        case .body:
            switch search.find(in: buffer) {
            case .found(let index):
                guard buffer.endIndex - index >= delimiter.count + 2 else {
                    emit(upTo: index, &events)
                    return false
                }
                emit(upTo: index, &events)
                events.append(.partEnded)
                return try passBoundary()
            case .none(let safe):
                emit(upTo: safe, &events)
                return false
            }
        }
    }

    private mutating func emit(upTo index: Int, _ events: inout [Event]) {
        guard index > buffer.startIndex else { return }
        events.append(.bytes(ByteBuffer(bytes: buffer[..<index])))
        buffer = ArraySlice(Array(buffer[index...]))
    }

    /// The boundary is followed by a line break, or by two dashes where the form ends.
    private mutating func passBoundary() throws(Malformed) -> Bool {
        let after = buffer.dropFirst(delimiter.count)
        if after.starts(with: [0x2D, 0x2D]) {
            state = .ended
            buffer = []
            return false
        }
        guard after.starts(with: [0x0D, 0x0A]) else { throw Malformed(.formUnreadable) }
        parts += 1
        guard parts <= Self.maximumParts else { throw Malformed(.formUnreadable) }
        // The line break stays: an empty header block then ends like any other.
        buffer = ArraySlice(Array(after))
        state = .headers
        return true
    }

    private mutating func readHeaders(_ events: inout [Event]) throws(Malformed) -> Bool {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        let window = buffer.prefix(Self.maximumHeaderBytes + end.count)
        guard let index = window.indices.first(where: { window[$0...].starts(with: end) }) else {
            guard buffer.count <= Self.maximumHeaderBytes else { throw Malformed(.formUnreadable) }
            return false
        }
        events.append(.part(try Self.header(buffer[buffer.startIndex..<index])))
        buffer = ArraySlice(Array(buffer[(index + end.count)...]))
        state = .body
        return true
    }

    private static func header(_ block: ArraySlice<UInt8>) throws(Malformed) -> Header {
        guard let text = String(validating: block, as: UTF8.self) else { throw Malformed(.formUnreadable) }
        var disposition: String?
        var mediaType: String?
        for line in text.split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":"), !line.contains("\n"), !line.contains("\r"), !line.contains("\0")
            else {
                throw Malformed(.formUnreadable)
            }
            let value = String(line[line.index(after: colon)...]).trimmed
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = value
            case "content-type": mediaType = value
            default: continue
            }
        }
        guard let disposition, disposition.lowercased().hasPrefix("form-data"),
            let name = parameter("name", in: disposition),
            name.utf8.count <= Form.maximumNameBytes
        else { throw Malformed(.formUnreadable) }
        let fileName = parameter("filename", in: disposition)
        guard (fileName ?? "").utf8.count <= maximumFileNameBytes else {
            throw Malformed(Words("文件名太长，请改短后重试。", "The file's name is too long. Give it a shorter one."))
        }
        return Header(name: name, fileName: fileName, mediaType: mediaType)
    }

    /// `name="a\"b"` or `name=ab` among the parameters after the first semicolon. Browsers write `%22` for a quote.
    static func parameter(_ name: String, in value: String) -> String? {
        var rest = value[...]
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " || $0 == "\t" }
            guard let equals = rest.firstIndex(where: { $0 == "=" || $0 == ";" }), rest[equals] == "=" else { continue }
            let key = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            let found: String
            if rest.first == "\"" {
                guard let closing = rest.dropFirst().firstIndex(of: "\"") else { return nil }
                found = String(rest[rest.index(after: rest.startIndex)..<closing])
                rest = rest[rest.index(after: closing)...]
            } else {
                found = String(rest.prefix { $0 != ";" }).trimmed
                rest = rest.drop { $0 != ";" }
            }
            if key == name {
                return found.replacing("%22", with: "\"").replacing("%0D", with: "").replacing("%0A", with: "")
            }
        }
        return nil
    }
}

/// Finds a delimiter in a stream by Horspool's rule: most bytes are never looked at.
struct BoundarySearch: Sendable {
    enum Result: Hashable, Sendable {
        case found(Int)
        /// Everything before this index is free of it; what follows may be its beginning.
        case none(Int)
    }

    private let needle: [UInt8]
    private let skip: [Int]

    init(_ needle: [UInt8]) {
        self.needle = needle
        var skip = [Int](repeating: needle.count, count: 256)
        for (index, byte) in needle.dropLast().enumerated() { skip[Int(byte)] = needle.count - 1 - index }
        self.skip = skip
    }

    func find(in bytes: ArraySlice<UInt8>) -> Result {
        bytes.withUnsafeBufferPointer { pointer in
            var at = 0
            while at + needle.count <= pointer.count {
                let last = pointer[at + needle.count - 1]
                if last == needle[needle.count - 1], matches(pointer, at) { return .found(bytes.startIndex + at) }
                at += skip[Int(last)]
            }
            return .none(bytes.startIndex + max(0, min(at, pointer.count - needle.count + 1)))
        }
    }

    private func matches(_ pointer: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
        for index in needle.indices where pointer[at + index] != needle[index] { return false }
        return true
    }
}
