import Crypto
import Docket
import Procedure

/// A text that a person must have been shown before an answer counts (告知书): versioned, in both languages.
///
/// - Source: Online Litigation Rules arts. 4, 30.
package struct NoticeText: Codable, Hashable, Sendable {
    package struct Part: Codable, Hashable, Sendable {
        package let title: Words
        package let lines: [Words]
    }

    package let name: String
    package let version: Int
    package let title: Words
    package let parts: [Part]
    package let articles: [Article]

    /// Exactly what was shown: the words of one language, in order, with the digest that names them for ever.
    package func shown(in language: Language) -> NoticeShown {
        let words =
            ["\(name)/\(version)", title[language]]
            + parts.flatMap { part in [part.title[language]] + part.lines.map { $0[language] } }
        let bytes = Array(SHA256.hash(data: Array(words.joined(separator: "\n").utf8)))
        guard let digest = ContentDigest(bytes: bytes) else { preconditionFailure("SHA-256 has 32 bytes") }
        return NoticeShown(name: name, version: version, digest: digest, language: language)
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <section class="inset" aria-labelledby="notice-\(name)"><h2 id="notice-\(name)">\(voice(title))</h2>
        \(parts.map { part in
            "<h3>\(voice(part.title))</h3><ul>\(part.lines.map { "<li>\(voice($0))</li>" })</ul>"
        })
        <p class="meta">\(voice("告知书第\(version)版", "Notice, version \(version)")) · \
        \(articles.map { ArticleLink($0).html(voice) }.joined(separator: " · "))</p></section>

        """
    }
}

/// The notices that lie beside this module.
package struct NoticeLibrary: Sendable {
    /// What taking part online means, stage by stage (art. 4).
    package let onlineStages: NoticeText
    /// Electronic service and its address (art. 30).
    package let electronicService: NoticeText

    package init(onlineStages: NoticeText, electronicService: NoticeText) {
        self.onlineStages = onlineStages
        self.electronicService = electronicService
    }

    /// - Throws: `UnreadableForm`.
    package static func shipped() throws -> NoticeLibrary {
        let notices = try ShippedFiles.named { $0.hasSuffix(".notice.json") }.map { name, bytes in
            try ShippedFiles.read(NoticeText.self, name, bytes)
        }
        func newest(_ name: String) throws -> NoticeText {
            guard let notice = notices.filter({ $0.name == name }).max(by: { $0.version < $1.version }) else {
                throw UnreadableForm(name: "\(name).notice.json", reason: "it is missing")
            }
            return notice
        }
        return NoticeLibrary(
            onlineStages: try newest("online-stages"), electronicService: try newest("electronic-service"))
    }
}
