import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// The case file over HTTP: streamed while it is written, and resumable, since the same reader always gets the same bytes.
struct CaseFileDownload: Sendable {
    let area: CaseFileArea

    func send(_ request: Request, _ context: CourtContext) async throws -> Response {
        let condition = request.headers[.ifRange]
        let file = try await area.copy(
            of: try context.id("docket"), for: try context.person(), resuming: condition, now: context.now)
        // A range of another edition would be a false piece: then the whole.
        let isSame = condition.map { $0 == file.tag } ?? true
        let asked = ByteRange(header: isSame ? request.headers[.range] : nil, size: file.bytes)
        if case .unsatisfiable = asked {
            return Response(
                status: .rangeNotSatisfiable,
                headers: [.contentRange: "bytes */\(file.bytes)", .acceptRanges: "bytes", .eTag: file.tag])
        }
        let range = if case .part(let part) = asked { part } else { 0..<file.bytes }
        let body = ZipStream(parts: file.parts, files: area.files, time: file.time, range: range)
        var response = Response.download(
            name: file.name, mediaType: "application/zip", bytes: range.count,
            body: ResponseBody(asyncSequence: body))
        response.headers[.acceptRanges] = "bytes"
        response.headers[.eTag] = file.tag
        if case .part = asked {
            response.status = .partialContent
            response.headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.bytes)"
        }
        return response
    }
}

/// Where a page offers the case file: how large it is about, and how to check it.
struct CaseFileOffer: Sendable {
    let docket: DocketID
    let entries: [OpenedEntry]
    let state: CaseState
    let viewer: Viewer

    /// Nothing for who may not take the file along.
    func html(_ voice: Voice) -> HTML? {
        guard viewer.may(.exportCase, in: state) else { return nil }
        return """
            <h2 id="file">\(voice("案卷", "Case file"))</h2>
            <p>\(voice("一个压缩包，含您可以阅看的全部记载、文书、证据和账本收据。", "One zip with every entry, document and exhibit you may see, and their ledger receipts.")) \
            \(voice("解压后打开其中的 index.html，把压缩包拖进去，就能逐份核对，不用联网，也不依靠本院。", "Unpack it, open index.html and drop the zip on it: every file is checked, offline and without this court."))</p>
            <p><a class="button quiet" href="/cases/\(docket)/file.zip">\(voice("下载案卷", "Download the case file"))</a> \
            <span class="meta">\(voice("ZIP，约\(voice.bytes(bytes))", "ZIP, about \(voice.bytes(bytes))"))</span></p>

            """
    }

    /// What the files and the entries weigh; the zip itself is a little larger.
    private var bytes: Int {
        var seen: Set<ContentDigest> = Set(
            entries.flatMap { DocketView.notGiven(by: $0.entry, to: viewer, in: state) })
        var total = Self.page
        for opened in entries {
            // A receipt holds the entry once more, with the way to the root.
            total += 2 * opened.content.count + 2_500
            for file in opened.entry.act.body.files where seen.insert(file.digest).inserted { total += file.bytes }
        }
        return total
    }

    private static let page = 60_000
}
