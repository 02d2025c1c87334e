import Accounts
import Hummingbird
import Procedure
import Web

/// One exhibit: the document at the left; at the right what the parties say and the court finds.
extension EvidenceArea {
    func mountExhibit(on routes: inout Routes) {
        let template = "/cases/:docket/exhibits/:exhibit"
        routes.get(template, face: .both) { _, context in try await exhibitPage(context, .nothing) }
        for (part, send) in [
            ("opinion", takeOpinion), ("finding", takeFinding), ("form", takeForm),
        ] as [(String, @Sendable (CourtContext) async throws -> Response)] {
            routes.form(
                "\(template)/\(part)", face: part == "opinion" ? .public : .both,
                show: { _, context, typed in try await exhibitPage(context, typed) },
                send: { _, context in try await send(context) })
        }
    }

    private func opened(_ context: CourtContext, for deed: Deed = .readCase) async throws -> ExhibitPieces {
        let matter = try await openCase(context, for: deed)
        guard let exhibit = matter.state.evidence.exhibit(try context.id("exhibit")) else { throw NotFound() }
        return ExhibitPieces(exhibit: exhibit, matter: matter, voice: context.voice)
    }

    private func exhibitPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let pieces = try await opened(context)
        let (voice, fields) = (context.voice, Fields(typed, context.voice))
        let right: HTML = """
            <h2>\(voice("意见", "Opinions"))</h2>\(pieces.opinions)\(pieces.findings)\
            \(try forms(pieces, fields, context))
            """
        let role = pieces.matter.role(pieces.exhibit.by)
        let split = SplitView(
            left: (Words("证据", "The exhibit"), "\(view(pieces, voice))\(pieces.facts)"),
            right: (Words("意见和认定", "Opinions and findings"), right))
        return Page(
            pieces.title, width: .wide,
            breadcrumbs: [pieces.matter.crumb, pieces.matter.evidenceCrumb, pieces.matter.exchangeCrumb],
            hasErrors: typed.hasErrors,
            """
            <h1>\(said: pieces.title)</h1><p>\(voice("由\(role.zh)提交", "Handed in by the \(role.en.lowercased())"))</p>
            \(fields.summary)\(split.html(voice))\(neighbours(pieces, voice))
            """)
    }

    /// Pictures, sound and film are shown here; a PDF opens in the browser's own viewer, everything else is downloaded.
    private func view(_ pieces: ExhibitPieces, _ voice: Voice) -> HTML {
        let file = pieces.exhibit.offered.file
        switch file.mediaType {
        case "image/jpeg", "image/png", "image/gif", "image/webp":
            return
                "<p><a href=\"\(pieces.filePath)\"><img width=\"100%\" src=\"\(pieces.filePath)\" alt=\"\(pieces.exhibit.offered.name)\"></a></p>"
        case let type where type.hasPrefix("video/"):
            return
                "<p><video width=\"100%\" controls preload=\"metadata\" src=\"\(pieces.filePath)\" aria-label=\"\(pieces.exhibit.offered.name)\"></video></p>"
        case let type where type.hasPrefix("audio/"):
            return
                "<p><audio controls preload=\"metadata\" src=\"\(pieces.filePath)\" aria-label=\"\(pieces.exhibit.offered.name)\"></audio></p>"
        default:
            return Button.row(Button.link(Words("打开文件", "Open the file"), voice, to: pieces.filePath, rank: .quiet))
        }
    }

    private func neighbours(_ pieces: ExhibitPieces, _ voice: Voice) -> HTML {
        let all = pieces.matter.state.evidence.exhibits
        guard let index = all.firstIndex(where: { $0.ordinal == pieces.exhibit.ordinal }) else { return .empty }
        let link = { (at: Int, words: Words) -> HTML? in
            guard all.indices.contains(at) else { return nil }
            let path = "/cases/\(pieces.matter.docket)/exhibits/\(all[at].offered.exhibit)"
            return "<a href=\"\(path)\">\(voice(words))</a>"
        }
        return """
            <nav class="pager" aria-label="\(voice("其他证据", "Other exhibits"))">\
            \(link(index - 1, Words("上一件", "Previous exhibit")))\(link(index + 1, Words("下一件", "Next exhibit")))\
            <a href="/cases/\(pieces.matter.docket)/exchange">\(voice("证据一览", "All exhibits"))</a></nav>
            """
    }

    // MARK: Forms

    private func forms(_ pieces: ExhibitPieces, _ fields: Fields, _ context: CourtContext) throws -> HTML {
        let matter = pieces.matter
        if let place = matter.place {
            guard place.party != pieces.exhibit.by, matter.may(.opine),
                matter.state.evidence.isExchangeOpen(today: matter.today)
            else { return .empty }
            return opinionForm(pieces, of: place.party, fields, context)
        }
        guard matter.isJudge, matter.may(.findEvidence) else { return .empty }
        return "\(try findingForm(pieces, fields, context))\(try originalForm(pieces, fields, context))"
    }

    private func opinionForm(
        _ pieces: ExhibitPieces, of party: PartyID, _ given: Fields, _ context: CourtContext
    ) -> HTML {
        let voice = given.voice
        let earlier = pieces.exhibit.opinions[party]
        let fields = Fields(given.typed.over(earlier.map(\.form) ?? Form()), voice)
        let questions = ExhibitQuality.allCases.map { quality in
            """
            \(fields.radios(quality.rawValue, quality.name, hint: quality.meaning, [
                .init("accepted", Words("认可", "I accept it")), .init("disputed", Words("有异议", "I dispute it")),
            ]))\(fields.longText("\(quality.rawValue)_reason", Words("\(quality.name.zh)异议的理由和依据", "Reasons, if you dispute it"), max: 1_000, rows: 2, isOptional: true))
            """ as HTML
        }
        let form = PostForm(
            action: "\(pieces.path)/opinion",
            """
            \(questions)\(fields.longText("differs", Words("复制件与原件不一致的地方和依据", "Where the copy differs from the original, and how you know"), hint: Words("没有这种情况就不填。填写后法院会要求对方提供原件。", "Leave empty if it does not. If you state grounds, the court requires the original."), max: 1_000, rows: 2, isOptional: true))
            \(Button.row(Button.send(earlier == nil ? Words("提交质证意见", "Give this opinion") : Words("替换我的意见", "Replace my opinion"), voice)))
            """)
        return """
            <h2>\(earlier == nil ? voice("您的意见", "Your opinion") : voice("修改您的意见", "Change your opinion"))</h2>
            <p>\(voice("期限内可以修改，以最后一次为准。", "You may change it while the window is open; the last one counts."))</p>\(form.html(context))
            """
    }

    private func findingForm(_ pieces: ExhibitPieces, _ fields: Fields, _ context: CourtContext) throws -> HTML {
        let voice = fields.voice
        let questions = ExhibitQuality.allCases.map { quality in
            """
            \(fields.radios("found_\(quality.rawValue)", quality.name, hint: quality.meaning, [
                .init("upheld", Words("予以确认", "Found")), .init("rejected", Words("不予确认", "Not found")),
            ]))\(fields.longText("found_\(quality.rawValue)_reason", Words("\(quality.name.zh)认定的理由", "Reasons on \(quality.name.en.lowercased())"), max: 1_000, rows: 2, isOptional: true))
            """ as HTML
        }
        let form = PostForm(
            action: "\(pieces.path)/finding",
            """
            \(fields.hidden("seen", try pieces.exhibit.mark))\(questions)
            \(Button.row(Button.send(Words("作出认定", "Make these findings"), voice)))
            """)
        return """
            <h2>\(voice("认定证据", "Findings"))</h2><p>\(voice(
                "三项分别认定；不予确认须说明理由。", "Three findings, each by itself; one against the exhibit needs its reason.")) \(ArticleLink(.examinedEvidenceOnly).html(voice))</p>\(form.html(context))
            """
    }

    private func originalForm(_ pieces: ExhibitPieces, _ fields: Fields, _ context: CourtContext) throws -> HTML {
        guard pieces.exhibit.offered.origin != .electronicData else { return .empty }
        let voice = fields.voice
        let form = PostForm(
            action: "\(pieces.path)/form",
            """
            \(fields.hidden("seen", try pieces.exhibit.mark))
            \(fields.radios("ground", Words("认定符合原件形式的情形", "Why the copy meets the form of an original"), OriginalFormFound.Ground.allCases.map { .init($0.rawValue, $0.name) }))
            \(fields.longText("form_reason", Words("说明", "What it rests on"), max: 1_000, rows: 2, isOptional: true))
            \(Button.row(Button.send(Words("认定符合原件形式", "Find that it meets the form"), voice, rank: .quiet)))
            """)
        return """
            <h2>\(voice("原件形式", "Form of an original"))</h2><p>\(voice(
                "只涉及形式，不代表内容真实。", "This is about form only and says nothing about truth.")) \(ArticleLink(.originalForm).html(voice))</p>\(form.html(context))
            """
    }

    // MARK: What comes back

    @Sendable private func takeOpinion(_ context: CourtContext) async throws -> Response {
        let pieces = try await opened(context, for: .opine)
        let (views, differs) = try context.form.read { reader in
            (
                ExhibitQuality.allCases.map { quality in
                    OpinionGiven.View(
                        accepted: reader.choice(quality.rawValue, quality.name, as: Acceptance.self) == .accepted,
                        reason: reader.optionalText("\(quality.rawValue)_reason", Words("理由", "the reason"), max: 1_000)
                            ?? "")
                },
                reader.optionalText("differs", Words("不一致之处", "the difference"), max: 1_000)
            )
        }
        let exhibit = pieces.exhibit.offered.exhibit
        try await told {
            try await giveOpinion(
                in: pieces.matter.docket, by: pieces.matter.viewer, once: Once(context, context.form),
                arrived: context.now
            ) { party in
                OpinionGiven(
                    exhibit: exhibit, party: party, authenticity: views[0], legality: views[1], relevance: views[2],
                    differsFromOriginal: differs)
            }
        }
        return .seeOther("/cases/\(pieces.matter.docket)/exchange")
    }

    @Sendable private func takeFinding(_ context: CourtContext) async throws -> Response {
        let pieces = try await opened(context, for: .findEvidence)
        let findings = try context.form.read { reader in
            ExhibitQuality.allCases.map { quality in
                ExhibitFound.Finding(
                    upheld: reader.choice("found_\(quality.rawValue)", quality.name, as: Upholding.self) == .upheld,
                    reason: reader.optionalText(
                        "found_\(quality.rawValue)_reason", Words("理由", "the reason"), max: 1_000) ?? "")
            }
        }
        let found = ExhibitFound(
            exhibit: pieces.exhibit.offered.exhibit, authenticity: findings[0], legality: findings[1],
            relevance: findings[2])
        try await told(prefix: "found_") {
            try await find(
                found, in: pieces.matter.docket, by: pieces.matter.viewer, seen: context.form["seen"] ?? "",
                once: Once(context, context.form), arrived: context.now)
        }
        return .seeOther("/cases/\(pieces.matter.docket)/exchange")
    }

    @Sendable private func takeForm(_ context: CourtContext) async throws -> Response {
        let pieces = try await opened(context, for: .findEvidence)
        let found = try context.form.read { reader in
            OriginalFormFound(
                exhibit: pieces.exhibit.offered.exhibit, ground: reader.choice("ground", Words("情形", "the ground")),
                reason: reader.optionalText("form_reason", Words("说明", "the explanation"), max: 1_000) ?? "")
        }
        try await findForm(
            found, in: pieces.matter.docket, by: pieces.matter.viewer, seen: context.form["seen"] ?? "",
            once: Once(context, context.form), arrived: context.now)
        return .seeOther(pieces.path)
    }

    /// A refusal about the reasons of some qualities, shown at the fields where they are missing.
    private func told(prefix: String = "", _ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let refusal as Refusal where !refusal.fields.isEmpty {
            throw FormErrors(refusal.fields.map { FieldError("\(prefix)\($0)_reason", refusal.remedy) })
        }
    }
}

private enum Acceptance: String, CaseIterable { case accepted, disputed }
private enum Upholding: String, CaseIterable { case upheld, rejected }

extension ExhibitQuality {
    /// In plain words, for who is asked about it.
    fileprivate var meaning: Words {
        switch self {
        case .authenticity: Words("这份材料是不是真的，有没有伪造或改动？", "Is it what it claims to be, not forged or altered?")
        case .legality: Words("它的来源和取得方式合法吗？", "Was it made and obtained lawfully?")
        case .relevance: Words("它与本案要证明的事实有关吗？", "Does it bear on what is to be proved in this case?")
        }
    }
}

extension OpinionGiven {
    /// As the form shows it again.
    fileprivate var form: Form {
        Form(
            pairs: views.flatMap { quality, view in
                [
                    (quality.rawValue, view.accepted ? "accepted" : "disputed"),
                    ("\(quality.rawValue)_reason", view.reason),
                ]
            } + [("differs", differsFromOriginal ?? "")])
    }
}
