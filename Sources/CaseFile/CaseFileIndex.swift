import Crypto
import Docket
import Foundation
import Ledger
import Procedure
import Web

/// The page in a case file: shows docket and documents from disk, with no network and no script, in both languages; with
/// script it checks every file of the zip.
struct CaseFileIndex: Sendable {
    let contents: CaseFileContents
    let court: CourtProfile
    let policy: String

    private var view: DocketView { contents.view }
    private var zone: CourtZone { court.zone }

    /// The page, whole: style and script are in it, named by their digests, and nothing else may load or run.
    var bytes: [UInt8] {
        get throws {
            guard let style = Assets.text("court.css"), let digest = Assets.text("digest.js"),
                let ownStyle = PageFiles.text("case-file.css"), let check = PageFiles.text("check.js")
            else { throw PageFilesMissing() }
            let script = """
                (() => {
                const { SHA256 } = (() => { const module = {}
                \(digest)
                return module.exports })()
                \(check)
                })()
                """
            let css = style + ownStyle
            let title = HTML("案卷 Case file · \(number ?? MatterTitle.of(view.state))").text
            let page = """
                <!DOCTYPE html>
                <html lang="zh-CN" class="theme-system">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(source(css))'; script-src '\(source(script))'; base-uri 'none'; form-action 'none'">
                <title>\(title)</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <style>\(css)</style>
                </head>
                \(body.text)
                <script>\(script)</script>
                </body>
                </html>

                """
            return Array(page.utf8)
        }
    }

    private func source(_ text: String) -> String {
        "sha256-\(Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString())"
    }

    private var number: String? { view.state.filing.docketed?.number.rawValue }

    private var body: HTML {
        """
        <body data-docket="\(view.docket)" data-policy="\(policy)">
        <header class="court"><div class="bar"><p class="name">\(both(court.name))</p>
        <fieldset class="tongue"><legend class="unseen">\(both("语言", "Language"))</legend>\
        <label><input type="radio" name="tongue" id="tongue-zh" value="zh-CN" checked> 中文</label> \
        <label><input type="radio" name="tongue" id="tongue-en" value="en"> <span>English</span></label></fieldset></div></header>
        <main id="main" class="wide">
        <h1>\(both("案卷：", "Case file: "))\(said: MatterTitle.of(view.state))</h1>
        <p class="meta">\(number.map { "<span class=\"number\">\($0)</span> · " as HTML })\(both(view.state.phase.name)) · \(scope)</p>
        \(check)
        <h2>\(both("当事人", "Parties"))</h2>
        <div class="parties">\(parties)</div>
        <h2>\(both("卷宗", "Docket")) <span class="count">\(contents.lines.count)</span></h2>
        <p class="hint">\(both("先后为序。文书须先解压才能点开。", "In order of entry. To open a document, unpack the zip first."))</p>
        <ol class="timeline">
        \(contents.lines.map(line))</ol>
        \(meaning)
        </main>
        """
    }

    private var scope: HTML {
        view.isWhole
            ? both("法院全卷", "The court's whole file") : both("当事人可阅的卷宗", "The volume that parties may read")
    }

    // MARK: The check

    private var check: HTML {
        """
        <section class="check" aria-labelledby="check-title">
        <h2 id="check-title">\(both("核对这份案卷", "Check this case file"))</h2>
        <p>\(both("把下载的压缩包（.zip）拖到这里，或者点选它。浏览器会在本机逐份核对，不用网络，什么也不上传。", "Drop the zip you downloaded here, or choose it. Your browser checks every file on this device. It needs no network and sends nothing."))</p>
        <div class="drop" data-drop hidden><label for="zip">\(both("选择压缩包", "Choose the zip"))</label> \
        <input type="file" id="zip" accept=".zip,application/zip"></div>
        <noscript><p class="notice warning">\(both("浏览器没有启用脚本。卷宗仍可阅读；核对须启用脚本，或者使用 README.txt 中的命令。", "Script is off. You can still read the docket; to check it, turn script on or use the command in README.txt."))</p></noscript>
        <progress data-progress max="1" value="0" aria-label="核对进度 Progress" hidden></progress>
        <div class="verdict" data-verdict role="status"></div>
        <div data-list></div>
        </section>

        """
    }

    // MARK: Who

    private var parties: [HTML] {
        view.state.parties.places.map { place in
            """
            <div class="party"><p class="role">\(both(place.role.name))</p><p class="name">\(said: place.details.name)</p>\
            \(place.details.tradeName.map { "<p>\(said: $0)</p>" as HTML })</div>

            """
        }
    }

    // MARK: The docket

    private func line(_ line: CaseFileContents.Line) -> HTML {
        let entry = line.opened.entry
        let author = entry.author(in: view.state)
        let articles = entry.under.map { both($0.printed) }
        return """
            <li id="e-\(entry.id)"><span class="number">\(entry.number)</span><div class="entry">
            <p class="act">\(both(ActWords.words(entry.act)))\(entry.volume == .chambers ? " <span class=\"state\">\(both("副卷", "chambers"))</span>" : nil)</p>
            <p class="meta">\(both(author.role))\(author.name.map { " \(said: $0)" as HTML }) · \(both(in: zone) { $0.happened(entry.happened) }) · \(both(entry.channel.words))</p>
            \(articles.isEmpty ? nil : "<p class=\"meta\">\(both("依据", "Under")) \(articles.joined(separator: " · "))</p>")\
            \(documents(of: line))</div>\(mark(line.contentPath, line.receipt == nil ? Mark.waiting : nil))</li>

            """
    }

    private func documents(of line: CaseFileContents.Line) -> HTML? {
        guard !line.names.isEmpty else { return nil }
        let titles = Dictionary(
            line.opened.entry.act.documents.flatMap { document in
                document.files.map { ($0.digest, document.kind.name) }
            }, uniquingKeysWith: { first, _ in first })
        let items = line.names.compactMap { digest -> HTML? in
            guard let item = itemsByDigest[digest] else { return nil }
            return document(item, titled: titles[digest])
        }
        return "<ul class=\"documents\">\(items)</ul>"
    }

    private var itemsByDigest: [ContentDigest: CaseFileContents.Item] {
        Dictionary(contents.items.map { ($0.reference.digest, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func document(_ item: CaseFileContents.Item, titled title: Words?) -> HTML {
        let name = title.map { both($0) } ?? "\(said: item.reference.name)"
        let kind = item.path.split(separator: ".").last.map { $0.uppercased() } ?? ""
        let facts: HTML =
            "<span class=\"meta\">(\(kind), \(Voice(.english, zone: zone).bytes(item.reference.bytes)))</span>"
        switch item.state {
        case .included:
            let path = item.path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? item.path
            return "<li><a class=\"document\" href=\"\(path)\">\(name)</a> \(facts) \(mark(item.path, nil))</li>"
        case .withheld: return "<li>\(name) \(facts) \(mark(item.path, Mark.withheld))</li>"
        case .missing: return "<li>\(name) \(facts) \(mark(item.path, Mark.missing))</li>"
        }
    }

    /// Where the check writes what it found about one file.
    private func mark(_ path: String, _ known: Mark?) -> HTML {
        """
        <span class="finding\(known.map { " \($0.state)" } ?? "")" data-path="\(path)">\(known.map { both($0.words) })</span>
        """
    }

    /// What is known before any check.
    private struct Mark {
        let state: String
        let words: Words

        static let withheld = Mark(state: "withheld", words: Words("不向您提供", "Not given to you"))
        static let missing = Mark(state: "missing", words: Words("缺失", "Missing"))
        static let waiting = Mark(state: "waiting", words: Words("尚不能证明", "Not provable yet"))
    }

    // MARK: What it means

    private var meaning: HTML {
        """
        <section class="shows"><h2>\(both("核对能证明什么", "What the check shows"))</h2>
        <ul>
        <li>\(both("每份文书和证据，与卷宗记载的逐字节相同。", "Every document and exhibit is, byte for byte, the one the docket names."))</li>
        <li>\(both("每条记载，都在所示时间写入了公开账本，此后没有改动。", "Every entry was in the public ledger at the time shown and has not changed since."))</li>
        <li>\(both("账本的这一状态，由下列公钥签名。", "That state of the ledger was signed by the key below."))</li>
        <li>\(completeness)</li>
        </ul>
        <p>\(both("本页与案卷一起下载。能改案卷的人，也能改本页。请把下面的公钥与法院网站、其他当事人手中的公钥比对。", "This page came with the file. Whoever could change the file could change the page. Compare the key below with the one on the court's site or in another party's hands."))</p>
        <dl class="facts">\(facts.map { "<div><dt>\(both($0.0))</dt><dd><code>\($0.1)</code></dd></div>\n" as HTML })</dl>
        </section>

        """
    }

    private var completeness: HTML {
        view.isWhole
            ? both(
                "本卷为法院全卷，还会核对中间没有缺少任何一条记载。",
                "This is the court's whole file, so the check also shows that no entry between the first and the last is missing."
            )
            : both(
                "本副本只含您可以阅看的内容；是否另有记载，要由法院全卷证明。",
                "This copy holds what you may see. That there is nothing else, only the court's whole file can prove.")
    }

    private var facts: [(Words, String)] {
        var facts = [
            (Words("公钥", "Public key"), policy.split(separator: "\n").first.map { String($0.dropFirst(4)) } ?? "")
        ]
        if let checkpoint = contents.checkpoint {
            facts.append((Words("账本条数", "Entries in the ledger"), "\(checkpoint.size)"))
            facts.append((Words("账本根", "Root of the ledger"), checkpoint.root.base64))
        }
        return facts
    }
}

/// The page's own style and script, as they lie in the module.
enum PageFiles {
    static func text(_ name: String) -> String? {
        try? String(contentsOf: Bundle.module.bundleURL.appending(path: "Page/\(name)"), encoding: .utf8)
    }
}

/// The installation lacks the files the page is made of.
struct PageFilesMissing: Error {}
