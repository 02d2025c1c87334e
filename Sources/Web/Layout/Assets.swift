import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// Style, script and mark: read once, named by their content, so that browsers may keep them for ever.
package struct Assets: Sendable {
    struct Asset: Sendable {
        let name: String
        let mediaType: String
        let bytes: ByteBuffer
        let gzipped: ByteBuffer?
    }

    private let byName: [String: Asset]
    private let paths: [String: String]

    static let shared = Assets(folder: folder)

    private static let folder = Bundle.module.bundleURL.appendingPathComponent("Assets")

    /// Where an asset lies on this machine.
    static func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    private init(folder: URL) {
        var byName: [String: Asset] = [:]
        var paths: [String: String] = [:]
        var files: [(String, Data)] = [("mark.svg", Data(Mark.file.text.utf8))]
        for name in ["court.css", "court.js", "digest.js"] {
            // A broken installation: `doctor` names it, and the pages still work without style and script.
            if let data = try? Data(contentsOf: folder.appendingPathComponent(name)) { files.append((name, data)) }
        }
        for (name, data) in files {
            let dot = name.lastIndex(of: ".") ?? name.endIndex
            let hash = SHA256.hash(data: data).prefix(8).map(hexDigits).joined()
            let hashed = "\(name[..<dot]).\(hash)\(name[dot...])"
            let mediaType = Self.mediaTypes[String(name[dot...])] ?? "application/octet-stream"
            byName[hashed] = Asset(
                name: hashed, mediaType: mediaType, bytes: ByteBuffer(data: data),
                gzipped: Gzip.compressed(data).map(ByteBuffer.init(data:)))
            paths[name] = "/assets/\(hashed)"
        }
        self.byName = byName
        self.paths = paths
    }

    /// The path of an asset of ours by its plain name.
    package static func path(_ name: String) -> String { shared.paths[name] ?? "/assets/\(name)" }

    /// The text of an asset of ours, for a page that must carry everything in itself; nil when there is no such asset.
    package static func text(_ name: String) -> String? {
        shared.paths[name].flatMap { shared.byName[String($0.dropFirst(8))] }.map { String(buffer: $0.bytes) }
    }

    /// Bytes as sent to a browser that takes gzip; nil when there is no such asset.
    package static func sentBytes(_ name: String) -> Int? {
        guard let asset = shared.paths[name].flatMap({ shared.byName[String($0.dropFirst(8))] }) else { return nil }
        return (asset.gzipped ?? asset.bytes).readableBytes
    }

    /// `/assets/:name`: open, kept by browsers for a year, the only answers that are.
    package static func register(in routes: inout Routes) {
        routes.get("/assets/:name", face: .both, kind: .asset, access: .anyone) { request, context in
            guard let asset = shared.byName[try context.part("name")] else { throw Problem.notFound }
            let gzip = request.headers[.acceptEncoding]?.contains("gzip") == true ? asset.gzipped : nil
            let bytes = gzip ?? asset.bytes
            var response = Response(
                status: .ok,
                headers: [
                    .contentType: asset.mediaType, .contentLength: String(bytes.readableBytes),
                    .cacheControl: "public, max-age=31536000, immutable",
                ], body: .init(byteBuffer: bytes))
            if gzip != nil { response.headers[.contentEncoding] = "gzip" }
            return response
        }
    }

    private static let mediaTypes = [
        ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
    ]
}
