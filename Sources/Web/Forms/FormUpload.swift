import Hummingbird
import NIOCore
import Procedure

/// A form with at most one file, its last field (D55): the fields are read, the file is left to stream.
///
/// ```swift
/// let upload = try await context.formUpload(request)
/// if let file = upload.file { for try await bytes in file.bytes { … } }
/// ```
package struct FormUpload: Sendable {
    package let fields: Form
    /// Nil when none was chosen.
    package let file: File?

    package struct File: Sendable {
        /// As the person named it, without the folders some browsers add; shown, never used as a path.
        package let name: String
        /// What the browser believes it is; the content decides.
        package let claimedMediaType: String?
        /// At most 50 MB; ends with `TooLarge` or `Malformed` when there is more, or less than the form promised.
        package let bytes: Bytes
    }

    /// The file's bytes as they arrive. Read once.
    package struct Bytes: AsyncSequence, Sendable {
        package typealias Element = ByteBuffer
        fileprivate let reader: MultipartReader

        package struct AsyncIterator: AsyncIteratorProtocol {
            fileprivate let reader: MultipartReader
            package mutating func next() async throws -> ByteBuffer? { try await reader.nextFileBytes() }
        }

        package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
    }

    package static let maximumFileBytes = 50_000_000
}

extension CourtContext {
    /// Reads the fields of a `multipart/form-data` form up to its file.
    ///
    /// - Throws: `Malformed`; `TooLarge`; a 403 problem when the form does not prove that it is ours.
    package func formUpload(_ request: Request) async throws -> FormUpload {
        let reader = try MultipartReader(request)
        let (fields, header) = try await reader.readFields()
        // The pipeline could not look inside the body; the header may have carried the proof instead.
        let proven = [fields[FormProof.field], request.headers[.csrfToken]].contains { $0.map(proof.accepts) ?? false }
        guard proven || request.headers[.authorization] != nil else { throw ForeignForm() }
        let file = header.map { header in
            FormUpload.File(
                name: Self.plainName(header.fileName ?? ""), claimedMediaType: header.mediaType,
                bytes: FormUpload.Bytes(reader: reader))
        }
        return FormUpload(fields: fields, file: file)
    }

    static func plainName(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let visible = String(last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map(Character.init))
            .trimmed
        return visible.isEmpty || visible == "." || visible == ".." ? "file" : visible
    }
}

/// Reads a form part by part. An actor, because the body can be read only once and by one at a time.
actor MultipartReader {
    private var parser: MultipartParser
    private var parts: RequestBody.AsyncIterator
    private var events: [MultipartParser.Event] = []
    private var bodyEnded = false
    private var fileBytes = 0

    init(_ request: Request) throws(Malformed) {
        parser = try MultipartParser(contentType: request.headers[.contentType] ?? "")
        parts = request.body.makeAsyncIterator()
    }

    /// - Returns: the fields, and the header of the file when one was chosen.
    func readFields() async throws -> (Form, MultipartParser.Header?) {
        var pairs: [(name: String, value: String)] = []
        var total = 0
        while let event = try await nextEvent() {
            guard case .part(let header) = event else { continue }
            if header.fileName != nil {
                // A browser sends an empty file field when nothing was chosen.
                if header.fileName == "" {
                    while let bytes = try await nextFileBytes() {
                        guard bytes.readableBytes == 0 else { throw Malformed(.formUnreadable) }
                    }
                    return (Form(pairs: pairs), nil)
                }
                return (Form(pairs: pairs), header)
            }
            var value: [UInt8] = []
            while let next = try await nextEvent(), next != .partEnded {
                guard case .bytes(let bytes) = next else { continue }
                total += bytes.readableBytes
                guard total <= BodyLimit.form else { throw TooLarge(maximumBytes: BodyLimit.form) }
                value.append(contentsOf: bytes.readableBytesView)
            }
            guard let text = String(validating: value, as: UTF8.self) else { throw Malformed(.formUnreadable) }
            pairs.append((header.name, text))
        }
        return (Form(pairs: pairs), nil)
    }

    /// - Returns: nil at the end of the file; then the form has ended too, since the file is its last field.
    func nextFileBytes() async throws -> ByteBuffer? {
        guard let event = try await nextEvent() else { return nil }
        switch event {
        case .bytes(let bytes):
            fileBytes += bytes.readableBytes
            guard fileBytes <= FormUpload.maximumFileBytes else {
                throw TooLarge(maximumBytes: FormUpload.maximumFileBytes)
            }
            return bytes
        case .partEnded:
            guard try await nextEvent() == nil else { throw Malformed(.formUnreadable) }
            return nil
        case .part:
            throw Malformed(.formUnreadable)
        }
    }

    private func nextEvent() async throws -> MultipartParser.Event? {
        while events.isEmpty {
            guard !bodyEnded else { return nil }
            var iterator = parts
            let part = try await iterator.next(isolation: self)
            parts = iterator
            if let part {
                events = try parser.feed(part).reversed()
            } else {
                bodyEnded = true
                try parser.finish()
            }
        }
        return events.popLast()
    }
}
