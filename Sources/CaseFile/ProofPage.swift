import Accounts
import Docket
import Foundation
import Hummingbird
import Ledger
import Procedure
import Proofs
import Web

/// The proof of one entry (存证): its receipt, its place in the ledger, and how to check it without us.
struct ProofPage: Sendable {
    let area: CaseFileArea

    private func find(_ context: CourtContext) async throws -> (read: ReadCase, entry: OpenedEntry) {
        let read = try await area.read(context)
        let id: EntryID = try context.id("entry")
        guard let entry = try await area.visibleEntries(read).first(where: { $0.entry.id == id }) else {
            throw NotFound()
        }
        return (read, entry)
    }

    func page(_ context: CourtContext) async throws -> Page {
        let (read, opened) = try await find(context)
        let voice = context.voice
        let entry = opened.entry
        let placed = try await area.receipts.receipt(for: entry.position, in: read.docket)
        let title = voice("第\(entry.number)条记载的存证", "Proof of entry \(entry.number)")
        let state: HTML =
            placed.map { placed in
                """
                <p>\(voice("账本序号", "Ledger index")) <strong>\(placed.index)</strong>\(voice("。", ". "))\(voice("下载收据后，不依靠本院也能核对。", "With the receipt you can check it without this court."))</p>
                \(Button.row(
                    Button.link(
                        Words("下载账本收据", "Download the ledger receipt"), voice,
                        to: "/cases/\(read.docket)/entries/\(entry.id)/receipt"),
                    Button.link(
                        Words("下载核对所需公钥", "Download the key to check with"), voice, to: "/ledger/policy", rank: .quiet)))
                \(Copyable(Words("核对命令", "To check it"), "xiezhi-verify receipt receipt.json --policy ledger-policy.txt").html(voice))

                """
            }
            ?? Notice(
                .information,
                "<p>\(voice("这一条刚刚记入，几秒内写入账本，请稍后刷新。", "This entry is new. It enters the ledger within seconds; please reload."))</p>"
            ).html(voice)
        let articles = entry.under.map { article -> HTML in "<li>\(voice(article.printed))</li>" }
        return Page(
            title, breadcrumbs: [Page.Link(Words("案件", "Case"), path: "/cases/\(read.docket)")],
            """
            <h1>\(title)</h1>
            <p><strong>\(voice(ActWords.words(entry.act)))</strong> · \(voice.happened(entry.happened))</p>
            \(state)
            <h2>\(voice("依据", "Rests on"))</h2>
            \(articles.isEmpty ? "<p>—</p>" : "<ul>\(articles)</ul>")
            \(Disclosure(Words("原始记载", "The entry as it is stored"), "<pre class=\"raw\">\(said: String(decoding: opened.content, as: UTF8.self))</pre>").html(voice))
            """)
    }

    func receipt(_ context: CourtContext) async throws -> Response {
        let (read, opened) = try await find(context)
        await area.sequencer.integrateAll()
        guard let placed = try await area.receipts.receipt(for: opened.entry.position, in: read.docket) else {
            throw NotFound()
        }
        return .download(
            name: "receipt-\(opened.entry.number).json", mediaType: "application/json",
            bytes: placed.receipt.json.count,
            body: .init(byteBuffer: .init(bytes: placed.receipt.json)))
    }
}
