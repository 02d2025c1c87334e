import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// How the browser treats bytes that came from people.
    package enum Disposition: String, Sendable {
        case attachment
        /// Pictures and sound shown in our own pages; nothing in them may run.
        case inline
    }

    /// Bytes that are not ours: named as the person named them, and unable to run anything or to be framed elsewhere.
    ///
    /// - Parameter bytes: nil where the length is not known beforehand.
    package static func download(
        name: String, mediaType: String, bytes: Int?, _ disposition: Disposition = .attachment, body: ResponseBody
    ) -> Response {
        var headers: HTTPFields = [
            .contentType: disposition == .attachment || inlineTypes.contains(mediaType)
                ? mediaType : "application/octet-stream",
            .contentSecurityPolicy: "sandbox; default-src 'none'; frame-ancestors 'none'",
            .contentDisposition: contentDisposition(disposition, name: name),
        ]
        if let bytes { headers[.contentLength] = String(bytes) }
        return Response(status: .ok, headers: headers, body: body)
    }

    /// Types that show themselves and cannot carry script.
    private static let inlineTypes: Set<String> = [
        "image/jpeg", "image/png", "image/gif", "image/webp", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm",
        "video/mp4",
        "video/webm", "application/pdf", "text/plain; charset=utf-8",
    ]

    /// RFC 6266, with RFC 8187 for what ASCII cannot say. Direction marks and line breaks never get through.
    static func contentDisposition(_ disposition: Disposition, name: String) -> String {
        let hidden: Set<UInt32> = [0x200E, 0x200F, 0x061C]
        let safe = String(
            String.UnicodeScalarView(
                name.unicodeScalars.filter {
                    $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && !(0x202A...0x202E).contains($0.value)
                        && !(0x2066...0x2069).contains($0.value) && !(0x2028...0x2029).contains($0.value)
                        && !hidden.contains($0.value) && !"/\\".unicodeScalars.contains($0)
                }.prefix(150)))
        let plain = String(safe.unicodeScalars.map { $0.isASCII && $0 != "\"" && $0 != "%" ? Character($0) : "_" })
        let encoded = safe.utf8.map { byte in
            let kept = isAlphanumeric(byte) || "-._~".utf8.contains(byte)
            return kept ? String(UnicodeScalar(byte)) : "%" + hexDigits(byte).uppercased()
        }.joined()
        return "\(disposition.rawValue); filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
