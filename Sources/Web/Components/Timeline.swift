import Procedure

/// The docket as its readers see it (卷宗目录): every act with number, day, by whom, by which way, documents and proof.
package struct Timeline: Sendable {
    package struct Entry: Sendable {
        /// In the reader's volume; never the stored position.
        package let number: Int
        package let id: EntryID
        package let act: Words
        package let by: String
        package let channel: Channel
        package let happened: Happened
        package let detail: HTML?
        package let documents: [DocumentLink]
        /// The page of its ledger receipt.
        package let proof: String?

        package init(
            number: Int, id: EntryID, act: Words, by: String, channel: Channel, happened: Happened, detail: HTML? = nil,
            documents: [DocumentLink] = [], proof: String?
        ) {
            self.number = number
            self.id = id
            self.act = act
            self.by = by
            self.channel = channel
            self.happened = happened
            self.detail = detail
            self.documents = documents
            self.proof = proof
        }
    }

    package let entries: [Entry]

    package init(_ entries: [Entry]) { self.entries = entries }

    package func html(_ voice: Voice) -> HTML {
        "<ol class=\"timeline\">\(entries.map { item($0, voice) })</ol>\n"
    }

    private func item(_ entry: Entry, _ voice: Voice) -> HTML {
        """
        <li id="e-\(entry.id)"><span class="number">\(entry.number)</span><div class="entry">
        <p class="act">\(voice(entry.act))</p>
        <p class="meta">\(said: entry.by) · \(voice.happened(entry.happened)) · \(voice(entry.channel.words))</p>
        \(entry.detail.map { "<div class=\"detail\">\($0)</div>" })\
        \(entry.documents.isEmpty ? nil : "<ul class=\"documents\">\(entry.documents.map { "<li>\($0.html(voice))</li>" })</ul>")</div>\
        \(entry.proof.map { ProofMark(entry: entry.number, path: $0).html(voice) })</li>

        """
    }
}

extension Channel {
    package var words: Words {
        switch self {
        case .online: Words("线上", "online")
        case .offline: Words("线下", "in person")
        case .system: Words("系统", "by the system")
        }
    }
}

/// A document or file to open.
package struct DocumentLink: Sendable {
    package let name: String
    package let path: String
    package let bytes: Int?
    /// As people say it: PDF, JPEG.
    package let kind: String?

    package init(_ name: String, path: String, bytes: Int? = nil, kind: String? = nil) {
        self.name = name
        self.path = path
        self.bytes = bytes
        self.kind = kind
    }

    package func html(_ voice: Voice) -> HTML {
        let facts = [kind, bytes.map(voice.bytes)].compactMap(\.self).joined(separator: ", ")
        return
            "<a class=\"document\" href=\"\(path)\">\(said: name)\(facts.isEmpty ? nil : " <span class=\"meta\">(\(facts))</span>")</a>"
    }
}

/// The mark beside every act: one tap to its receipt, its place in the ledger, and how to check it without us.
package struct ProofMark: Sendable {
    package let entry: Int
    package let path: String

    package init(entry: Int, path: String) {
        self.entry = entry
        self.path = path
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <a class="proof" href="\(path)"><svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">\
        <rect x="3.5" y="3.5" width="17" height="17" rx="1.5"/><path d="M8 12.2l2.8 2.8L16.2 9.4"/></svg>\
        <span class="unseen">\(voice("第\(entry)号记录的存证", "Proof of entry \(entry)"))</span></a>
        """
    }
}

/// A text to take along, such as a receipt's code, with a button that copies it where script runs.
package struct Copyable: Sendable {
    package let label: Words
    package let text: String

    package init(_ label: Words, _ text: String) {
        self.label = label
        self.text = text
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <p class="copyable"><span class="label">\(voice(label))</span> <code>\(text)</code> \
        <button type="button" class="button quiet small" data-copy="\(text)" hidden>\(voice("复制", "Copy"))\
        <span class="unseen"> \(voice(label))</span></button></p>

        """
    }
}
