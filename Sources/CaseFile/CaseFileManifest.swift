import Crypto
import Docket
import Foundation
import Ledger
import Procedure
import Storage
import Web

/// The table of contents of a case file (`manifest.json`): where everything lies. It is a guide and no proof; whatever it
/// says is compared with the entries.
enum CaseFileManifest {
    static let format = "xiezhi-case-file/1"

    static func json(of contents: CaseFileContents, pages: [(path: String, bytes: [UInt8])]) throws -> [UInt8] {
        let entries = contents.lines.map { line -> JSONValue in
            var members: [String: JSONValue] = [
                "id": .text(line.opened.entry.id.rawValue), "content": .text(line.contentPath),
            ]
            if line.receipt != nil { members["receipt"] = .text(line.receiptPath) }
            if let salt = line.chainSalt { members["chain"] = .text(Data(salt.bytes).base64EncodedString()) }
            return .object(members)
        }
        let files = contents.items.map { item -> JSONValue in
            .object([
                "path": .text(item.path), "digest": .text(item.reference.digest.rawValue),
                "state": .text(item.state.rawValue),
            ])
        }
        return try CanonicalJSON.bytes(
            .object([
                "format": .text(format), "docket": .text(contents.view.docket.rawValue), "entries": .array(entries),
                "files": .array(files),
                "pages": .array(
                    pages.map { page in
                        .object([
                            "path": .text(page.path),
                            "digest": .text(ContentDigest(bytes: Array(SHA256.hash(data: page.bytes)))?.rawValue ?? ""),
                        ])
                    }),
            ]))
    }
}

extension CaseFileContents.Line {
    /// `0007`, or `chambers-0007`: the number in the entry's own volume.
    private var stem: String {
        let digits = String(opened.entry.number)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return opened.entry.volume == .main ? padded : "\(opened.entry.volume.rawValue)-\(padded)"
    }

    var contentPath: String { "docket/\(stem).json" }
    var receiptPath: String { "receipts/\(stem).json" }
}

extension CaseFileContents {
    /// Everything in the order in which it is written: what explains the file first, the large files last.
    func parts(court: CourtProfile, policy: String) throws -> [ZipPart] {
        let page = try CaseFileIndex(contents: self, court: court, policy: policy).bytes
        let pages = [("index.html", page), ("README.txt", Array(CaseFileReadme.text.utf8))]
        var parts = pages.map { ZipPart(path: $0.0, content: .bytes($0.1)) }
        parts.append(
            ZipPart(path: "manifest.json", content: .bytes(try CaseFileManifest.json(of: self, pages: pages))))
        parts.append(ZipPart(path: "ledger-policy.txt", content: .bytes(Array(policy.utf8))))
        parts += lines.map { ZipPart(path: $0.contentPath, content: .bytes($0.opened.content)) }
        parts += lines.compactMap { line in
            line.receipt.map { ZipPart(path: line.receiptPath, content: .bytes($0.json)) }
        }
        parts += items.compactMap { item in
            item.stored.map { ZipPart(path: item.path, content: .stored($0)) }
        }
        return parts
    }
}

/// What lies beside the page, for who opens no page.
enum CaseFileReadme {
    static let text = """
        案卷 · CASE FILE

        打开 index.html，即可阅读卷宗。把整个压缩包拖到该页上，浏览器会在本机逐份核对，不需要网络，也不会上传任何内容。
        Open index.html to read the docket. Drop the whole zip on that page and your browser checks every file on your
        own machine. It needs no network and sends nothing anywhere.

        index.html          卷宗、文书目录和核对工具 · the docket, the list of documents, the check
        docket/             每一条记载的原始内容 · each entry, exactly as it is stored
        receipts/           每一条记载的账本收据 · the ledger receipt of each entry
        files/              文书和证据 · documents and exhibits
        manifest.json       目录 · table of contents
        ledger-policy.txt   核对所需的公钥 · the public key to check with

        也可以用命令行核对（先解压）· To check it on a command line (unpack it first):
        xiezhi-verify case FOLDER --policy ledger-policy.txt

        请通过其他途径取得公钥并比对：公钥若与压缩包一起被替换，就什么也证明不了。
        Get the public key from elsewhere as well and compare: a key that was changed together with the file proves nothing.

        """
}
