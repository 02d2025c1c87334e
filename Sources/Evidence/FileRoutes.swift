import Accounts
import Docket
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// Files out: streamed as they are opened, whole or in part, never able to run and never shown inside another site.
extension EvidenceArea {
    func mountFiles(on routes: inout Routes) {
        routes.get("/files/:docket/:file", face: .both, kind: .asset) { try await sendFile($0, $1) }
    }

    private func sendFile(_ request: Request, _ context: CourtContext) async throws -> Response {
        try requireOwnSite(request)
        let file = try await readable(
            context.id("file"), in: context.id("docket"), by: context.person())
        let sealed = try await files.open(file)
        let tag = "\"\(file.digest)\""
        // A range of another edition of the file would be a false piece: then the whole.
        let isSame = request.headers[.ifRange].map { $0 == tag } ?? true
        let asked = ByteRange(header: isSame ? request.headers[.range] : nil, size: file.size)
        if case .unsatisfiable = asked {
            return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(file.size)"])
        }
        let shown = Self.shown[file.mediaType]
        let range = if case .part(let part) = asked { part } else { 0..<file.size }
        var response = Response.download(
            name: file.name, mediaType: shown ?? file.mediaType.rawValue, bytes: range.count,
            shown == nil ? .attachment : .inline, body: ResponseBody(asyncSequence: sealed.stream(range)))
        response.headers[.contentType] = shown ?? file.mediaType.rawValue
        response.headers[.acceptRanges] = "bytes"
        response.headers[.eTag] = tag
        if case .part = asked {
            response.status = .partialContent
            response.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
        }
        return response
    }

    /// What a browser shows by itself without being able to run anything in it; everything else is kept, not opened.
    private static let shown: [Storage.MediaType: String] = Dictionary(
        uniqueKeysWithValues: [
            Storage.MediaType.pdf, .jpeg, .png, .gif, .webp, .mp3, .m4a, .wav, .mp4, .quickTime,
        ].map { ($0, $0.rawValue) } + [(.text, "text/plain; charset=utf-8")])

    /// - Throws: `NotFound` unless an entry of this docket that the person may read names the file, or it lies in a tray or a
    ///   draft of theirs.
    func readable(_ id: FileID, in docket: DocketID, by viewer: Viewer) async throws -> StoredFile {
        guard let file = try await files.file(id), file.docket == docket else { throw NotFound() }
        if let (_, state) = try await standing(of: docket), viewer.may(.readCase, in: state) {
            let volumes = try await registry.store.read { try Self.volumes(naming: id, in: docket, $0) }
            if volumes.contains(Volume.main.rawValue) { return file }
            if !volumes.isEmpty, viewer.may(.readChambers, in: state) { return file }
        }
        if try await registry.store.read({ try ExhibitTray.holds(id, of: viewer.account, $0) }) { return file }
        guard try await mayReadDraftFile(viewer, docket, id) else { throw NotFound() }
        return file
    }

    /// In which volumes of the docket entries name the file.
    private static func volumes(naming file: FileID, in docket: DocketID, _ reading: Reading) throws -> Set<String> {
        Set(
            try reading.rows(
                """
                SELECT DISTINCT a.volume FROM file_leaf f JOIN act a ON a.docket = f.docket AND a.position = f.position
                WHERE f.file = $1 AND f.docket = $2
                """, file, docket
            ).map { try $0.text(0) })
    }

    /// Exhibits are for our own pages and for the address bar; another site's page gets nothing of them.
    private func requireOwnSite(_ request: Request) throws {
        guard let site = request.headers[.secFetchSite], site == "cross-site" || site == "same-site" else { return }
        guard request.headers[.secFetchDest] == "document" else { throw NotFound() }
    }
}
