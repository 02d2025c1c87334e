import Procedure

/// Two things side by side on a wide screen, one after the other on a narrow one; each scrolls by itself.
package struct SplitView: Sendable {
    package let left: (name: Words, content: HTML)
    package let right: (name: Words, content: HTML)

    package init(left: (name: Words, content: HTML), right: (name: Words, content: HTML)) {
        self.left = left
        self.right = right
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <div class="split"><section tabindex="0" aria-label="\(voice(left.name))">\(left.content)</section>\
        <section tabindex="0" aria-label="\(voice(right.name))">\(right.content)</section></div>

        """
    }
}

/// Views of one thing, each with an address of its own: tabs that need no script.
package struct Tabs: Sendable {
    package let name: Words
    package let links: [Page.Link]
    package let current: String

    package init(_ name: Words, _ links: [Page.Link], current: String) {
        self.name = name
        self.links = links
        self.current = current
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <nav class="tabs" aria-label="\(voice(name))"><ul>\(links.map { link in
            """
            <li><a href="\(link.path)"\(attribute: "aria-current", link.path == current ? "page" : nil)>\(voice(link.words))\
            \(link.count.map { " <span class=\"count\">\($0)</span>" })</a></li>
            """
        } as [HTML])</ul></nav>

        """
    }
}

/// Who agreed to do which stage online: people down, stages across; each cell with its basis and time.
package struct ConsentMatrix: Sendable {
    package enum Answer: Hashable, Sendable {
        case agreed(on: CourtDay, basis: Words)
        case declined(on: CourtDay)
        case open
    }

    package let stages: [Words]
    package let people: [(name: String, role: Words, answers: [Answer])]

    package init(stages: [Words], people: [(name: String, role: Words, answers: [Answer])]) {
        precondition(people.allSatisfy { $0.answers.count == stages.count }, "everyone has an answer for each stage")
        self.stages = stages
        self.people = people
    }

    package func html(_ voice: Voice) -> HTML {
        """
        <div class="scroll" role="region" tabindex="0" aria-label="\(voice("在线诉讼的同意情况", "Consent to each stage online"))">
        <table class="consents"><caption>\(voice("各环节是否在线进行", "Which stages are held online"))</caption>
        <thead><tr><td></td>\(stages.map { "<th scope=\"col\">\(voice($0))</th>" })</tr></thead>
        <tbody>\(people.map { person in
            """
            <tr><th scope="row">\(said: person.name) <span class="meta">\(voice(person.role))</span></th>\
            \(person.answers.map { cell($0, voice) })</tr>

            """
        } as [HTML])</tbody></table></div>

        """
    }

    private func cell(_ answer: Answer, _ voice: Voice) -> HTML {
        switch answer {
        case .agreed(let day, let basis):
            """
            <td class="agreed"><strong>\(voice("同意", "Agreed"))</strong> <span class="meta">\(voice.dayElement(day)) · \(voice(basis))</span></td>
            """
        case .declined(let day):
            "<td class=\"declined\"><strong>\(voice("线下", "In person"))</strong> <span class=\"meta\">\(voice.dayElement(day))</span></td>"
        case .open: "<td class=\"open\">\(voice("尚未答复", "No answer yet"))</td>"
        }
    }
}

/// A place for files. Without script one file goes with the form; with it several at once, resumable (tus 1.0), each
/// finished one leaving a hidden field `upload` with its id. Put it after all other fields: the server reads the fields
/// before the file, then streams the file.
package struct UploadField: Sendable {
    package let label: Words
    package let hint: Words?
    /// Where resumable uploads are created.
    package let endpoint: String
    /// What the files are for; sent along as upload metadata `for`.
    package let purpose: String
    /// As the browser's file dialog takes it: `image/*,application/pdf`; nil for any.
    package let accepts: String?

    package init(_ label: Words, hint: Words? = nil, endpoint: String, purpose: String, accepts: String? = nil) {
        self.label = label
        self.hint = hint
        self.endpoint = endpoint
        self.purpose = purpose
        self.accepts = accepts
    }

    package func html(_ fields: Fields) -> HTML {
        let voice = fields.voice
        let error = fields.typed.error("file")
        return """
            <div class="field upload\(error == nil ? "" : " wrong")" data-upload="\(endpoint)" data-for="\(purpose)">
            <label for="f-file">\(voice(label))</label>
            <p class="hint" id="h-file">\(hint.map { voice($0) + " " } ?? "")\
            <span data-with-script hidden>\(voice("可同时选择多个文件；断线后自动续传。", "You can choose several at once. A broken line does no harm: the upload goes on by itself."))</span>\
            <noscript>\(voice("一次一个文件，最大50 MB。", "One file at a time, up to 50 MB."))</noscript></p>\
            \(error.map { "<p class=\"error\" id=\"e-file\"><span class=\"unseen\">\(voice("错误：", "Error: "))</span>\(voice($0))</p>" })\
            \(fields.typed.form.all("upload").map { fields.hidden("upload", $0) })\
            <input type="file" id="f-file" name="file"\(attribute: "accept", accepts) \
            aria-describedby="h-file\(error == nil ? "" : " e-file")"\(attribute: "aria-invalid", error == nil ? nil : "true")>
            <ul class="uploads" data-uploads></ul></div>

            """
    }
}
