import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// tus 1.0 with creation, termination and expiration.
///
/// - Note: the answer to the last `PATCH` carries `Xz-Digest`, the SHA-256 of what the court holds, for the person's
///   device to compare.
extension EvidenceArea {
    func mountUploads(on routes: inout Routes) {
        let (all, one) = ("/uploads", "/uploads/:upload")
        let spoken = EvidenceOperations.offerProtocol
        routes.api(.options, all, face: .public, access: .anyone, spoken) { _, _ in offer() }
        routes.api(.options, one, face: .public, access: .anyone, spoken) { _, _ in offer() }
        routes.api(.post, all, face: .public, EvidenceOperations.create) { try await create($0, $1) }
        routes.api(.head, one, face: .public, EvidenceOperations.tell) { try await tell($0, $1) }
        routes.api(
            .patch, one, face: .public, maximumBodyBytes: BodyLimit.chunk, EvidenceOperations.receive
        ) { try await receive($0, $1) }
        routes.api(.delete, one, face: .public, EvidenceOperations.terminate) { try await terminate($0, $1) }
    }

    private func offer() -> Response {
        tus(
            .noContent,
            [
                .tusVersion: "1.0.0", .tusExtension: "creation,termination,expiration",
                .tusMaxSize: String(limits.largestFile),
            ])
    }

    private func create(_ request: Request, _ context: CourtContext) async throws -> Response {
        try requireProtocol(request)
        guard let length = request.headers[.uploadLength].flatMap({ Int64($0) }), length >= 0 else {
            throw Problem.uploadHeader("Upload-Length")
        }
        let metadata = try UploadMetadata(header: request.headers[.uploadMetadata])
        let upload = try await beginUpload(metadata, length: length, by: context.person(), at: context.now)
        return tus(
            .created, [.location: "/uploads/\(upload.id)", .uploadOffset: "0", .uploadExpires: expiry(context.now)])
    }

    private func tell(_ request: Request, _ context: CourtContext) async throws -> Response {
        try requireProtocol(request)
        let upload = try await owned(context)
        let offset = try await tellingUploads { try await upload.offset() }
        var headers: HTTPFields = [
            .uploadOffset: String(offset), .uploadLength: String(upload.length), .uploadExpires: expiry(context.now),
        ]
        if offset == upload.length { headers[.digest] = try await tellingUploads { try await upload.finish() }.digest }
        return tus(.ok, headers)
    }

    private func receive(_ request: Request, _ context: CourtContext) async throws -> Response {
        try requireProtocol(request)
        guard request.headers[.contentType]?.lowercased() == "application/offset+octet-stream" else {
            throw Problem.uploadWrongType
        }
        guard let offset = request.headers[.uploadOffset].flatMap({ Int64($0) }), offset >= 0 else {
            throw Problem.uploadHeader("Upload-Offset")
        }
        let upload = try await owned(context)
        guard try limits.freeBytes() > limits.reserve else { throw Problem.uploadDiskFull }
        do {
            return try await tellingUploads {
                let reached = try await upload.append(at: offset, UploadBody(body: request.body))
                var headers: HTTPFields = [.uploadOffset: String(reached), .uploadExpires: expiry(context.now)]
                if reached == upload.length { headers[.digest] = try await upload.finish().digest }
                return tus(.noContent, headers)
            }
        } catch UploadError.wrongOffset(let actual) {
            return try wrongOffset(actual)
        }
    }

    private func terminate(_ request: Request, _ context: CourtContext) async throws -> Response {
        try requireProtocol(request)
        try await giveUp(try await owned(context))
        return tus(.noContent, [:])
    }

    private func owned(_ context: CourtContext) async throws -> StagedUpload {
        try await upload(context.id("upload"), of: context.person())
    }

    private func requireProtocol(_ request: Request) throws {
        guard request.headers[.tusResumable] == "1.0.0" else { throw Problem.uploadVersion }
    }

    private struct Conflict: Encodable {
        var type = "about:blank"
        var status = 409
        var code = "upload.wrong-offset"
        var title = "The upload stands elsewhere."
        var detail = "Go on from the offset given."
        var title_zh = "上传进度与服务器记录不一致。"
        var detail_zh = "请从给出的位置继续。"
        let offset: Int64
    }

    /// Where to go on, in the header and in the body.
    private func wrongOffset(_ actual: Int64) throws -> Response {
        var response = tus(
            .conflict, [.uploadOffset: String(actual), .contentType: "application/problem+json"])
        response.body = .init(byteBuffer: ByteBuffer(data: try JSONEncoder().encode(Conflict(offset: actual))))
        return response
    }

    private func tus(_ status: HTTPResponse.Status, _ headers: HTTPFields) -> Response {
        var headers = headers
        headers[.tusResumable] = "1.0.0"
        headers[.cacheControl] = "no-store"
        return Response(status: status, headers: headers)
    }

    /// As HTTP writes dates, by the court's clock.
    private func expiry(_ now: Instant) -> String {
        let seconds = Double(now.milliseconds) / 1_000 + Double(limits.daysKept) * 86_400
        return Date(timeIntervalSince1970: seconds).formatted(.http)
    }
}

extension FormatStyle where Self == Date.VerbatimFormatStyle {
    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    fileprivate static var http: Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: """
                \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
                \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
                """,
            locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
    }
}

extension HTTPField.Name {
    static let tusResumable = known("Tus-Resumable")
    static let tusVersion = known("Tus-Version")
    static let tusExtension = known("Tus-Extension")
    static let tusMaxSize = known("Tus-Max-Size")
    static let uploadLength = known("Upload-Length")
    static let uploadOffset = known("Upload-Offset")
    static let uploadMetadata = known("Upload-Metadata")
    static let uploadExpires = known("Upload-Expires")
    static let digest = known("Xz-Digest")
    static let secFetchSite = known("Sec-Fetch-Site")
    static let secFetchDest = known("Sec-Fetch-Dest")

    private static func known(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("no header name: \(text)") }
        return name
    }
}
