import Accounts
import Hummingbird
import Procedure
import Web

/// Where a party says what each exhibit proves, and hands them in.
extension EvidenceArea {
    func trayPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let matter = try await openCase(context, for: .offerEvidence)
        let tray = try await tray(in: matter.docket, of: matter.viewer)
        let voice = context.voice
        let title = voice("说明并提交证据", "Describe and send the evidence")
        let add = Button.link(
            Words("再添加文件", "Add more files"), voice, to: "/cases/\(matter.docket)/evidence/add", rank: .quiet)
        guard !tray.isEmpty else {
            return Page(
                title, breadcrumbs: [matter.crumb, matter.evidenceCrumb],
                "<h1>\(title)</h1><p>\(voice("目前没有准备中的证据。", "Nothing is being made ready."))</p>\(Button.row(add))")
        }
        let fields = Fields(typed.over(Self.known(tray)), voice)
        let isLate = matter.isLate
        let late: HTML? =
            isLate
            ? fields.longText(
                "reason_for_delay", Words("逾期提交的理由", "Why it comes after the period"),
                hint: Words(
                    "举证期限已过。请写明理由，由法院决定是否采纳。", "The period is over. Say why; the court decides whether to admit it."),
                rows: 3)
            : nil
        let waitsForAnswer = matter.place?.role == .defendant && matter.state.evidence.answer == nil
        let withAnswer = Button.send(
            Words("保存，随答辩状一并提交", "Save; they go with my answer"), voice, rank: .quiet, name: "do", value: "answer")
        // Saving comes first: the Enter key presses the first button, and that must never be the one that hands in.
        let form = PostForm(
            action: "/cases/\(matter.docket)/evidence/tray",
            """
            \(tray.enumerated().map { about($1, $0 + 1, matter, fields) })\(late)
            \(Button.row(
                Button.send(Words("保存", "Save"), voice, rank: .quiet, name: "do", value: "save"),
                waitsForAnswer ? withAnswer : .empty,
                Button.send(Words("提交法院", "Send to the court"), voice, name: "do", value: "send"), add))
            """)
        return Page(
            title, breadcrumbs: [matter.crumb, matter.evidenceCrumb], hasErrors: typed.hasErrors,
            """
            <h1>\(title)</h1>\(fields.summary)
            \(matter.place.flatMap { matter.evidencePeriod(of: $0.party) }?.html(voice))
            <p>\(voice(
                "提交后进入案卷，不能撤回；对方可以查看并发表意见。",
                "Once sent they are part of the case and cannot be taken back; the other side may see them and speak on them."))</p>
            \(form.html(context))
            <h2>\(voice("不需要的文件", "Files you do not need"))</h2>
            \(tray.map { one in
                """
                <div class="actions"><span>\(said: one.file.name)</span> \
                \(Button.step(Words("移除", "Remove"), context, action: "/cases/\(matter.docket)/evidence/tray/\(one.exhibit)/remove", rank: .quiet))</div>
                """ as HTML
            })
            """)
    }

    private func about(_ one: TrayExhibit, _ number: Int, _ matter: OpenCase, _ fields: Fields) -> HTML {
        let voice = fields.voice
        return """
            <h2>\(voice("第\(number)件", "File \(number)"))</h2>
            <p>\(DocumentLink(one.file.name, path: "/files/\(matter.docket)/\(one.file.file)", bytes: one.file.bytes, kind: MediaName.of(one.file.mediaType)).html(voice))
            <br><span class="meta">SHA-256 <code class="digest">\(one.file.digest.hex)</code></span></p>
            \(fields.text("name.\(one.exhibit)", Words("证据名称", "Name of the exhibit"), max: 100))
            \(fields.longText("proves.\(one.exhibit)", Words("证明什么", "What it proves"), hint: Words("用一两句话说明，例如“被告承诺七日内退款”。", "One or two sentences, such as “the defendant promised a refund within seven days”."), max: 500, rows: 2))
            \(fields.radios("origin.\(one.exhibit)", Words("来源", "Where it comes from"), [
                .init(OfferedExhibit.Origin.electronicData.rawValue, OfferedExhibit.Origin.electronicData.name, hint: Words("截图、聊天记录、录音录像、电子发票等", "Screenshots, chats, recordings, electronic invoices")),
                .init(OfferedExhibit.Origin.digitisedCopy.rawValue, OfferedExhibit.Origin.digitisedCopy.name, hint: Words("请保存原件，法院可能要求核对", "Keep the original; the court may ask to see it")),
            ]))
            """
    }

    func sendTray(_ context: CourtContext) async throws -> Response {
        let matter = try await openCase(context, for: .offerEvidence)
        let tray = try await tray(in: matter.docket, of: matter.viewer)
        if tray.isEmpty { return .seeOther("/cases/\(matter.docket)/evidence") }
        let words = try context.form.read { reader in
            var words: [ExhibitID: TrayExhibit.Words] = [:]
            for one in tray {
                words[one.exhibit] = TrayExhibit.Words(
                    name: reader.optionalText(
                        "name.\(one.exhibit)", Words("证据名称", "the name of the exhibit"), max: 100) ?? "",
                    proves: reader.optionalText(
                        "proves.\(one.exhibit)", Words("证明内容", "what it proves"), max: 500) ?? "",
                    origin: Self.origin(reader.form["origin.\(one.exhibit)"]))
            }
            return words
        }
        try await describe(words, in: matter.docket, of: matter.viewer)
        switch context.form["do"] {
        case "send":
            let reason = try context.form.read {
                $0.optionalText("reason_for_delay", Words("逾期理由", "the reason for the delay"), max: 1_000) ?? ""
            }
            return .seeOther(
                try await offerTray(
                    in: matter.docket, by: matter.viewer, reasonForDelay: reason, once: Once(context, context.form),
                    arrived: context.now))
        case "answer": return .seeOther("/cases/\(matter.docket)/answer")
        default: return .seeOther("/cases/\(matter.docket)/evidence/tray")
        }
    }

    /// What a party may say of the origin; “with the court's help” is the court's to say.
    static func origin(_ text: String?) -> OfferedExhibit.Origin? {
        guard let origin = text.flatMap(OfferedExhibit.Origin.init(rawValue:)), origin != .courtAssisted else {
            return nil
        }
        return origin
    }

    private static func known(_ tray: [TrayExhibit]) -> Form {
        Form(
            pairs: tray.flatMap { one in
                [
                    ("name.\(one.exhibit)", one.words.name), ("proves.\(one.exhibit)", one.words.proves),
                    ("origin.\(one.exhibit)", one.words.origin?.rawValue ?? ""),
                ]
            })
    }
}

extension OpenCase {
    /// Whether the person's period for evidence is over.
    var isLate: Bool {
        guard let party = place?.party, let period = state.evidence.periods[party] else { return false }
        return today > period.evidenceBy
    }
}
