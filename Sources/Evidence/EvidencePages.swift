import Accounts
import Hummingbird
import Procedure
import Storage
import Web

/// The list of exhibits, and the pages on which a party adds to it.
extension EvidenceArea {
    func mountEvidence(on routes: inout Routes) {
        routes.get("/cases/:docket/evidence", face: .both) { _, context in try await evidencePage(context) }
        routes.form(
            "/cases/:docket/evidence/add", face: .public, maximumBodyBytes: BodyLimit.upload,
            show: { _, context, typed in try await addPage(context, typed) },
            send: { request, context in try await addFiles(request, context) })
        routes.form(
            "/cases/:docket/evidence/tray", face: .public,
            show: { _, context, typed in try await trayPage(context, typed) },
            send: { _, context in try await sendTray(context) })
        routes.post("/cases/:docket/evidence/tray/:exhibit/remove", face: .public) { _, context in
            let matter = try await openCase(context, for: .offerEvidence)
            try await takeOut(context.id("exhibit"), of: matter.viewer)
            return Response.seeOther("/cases/\(matter.docket)/evidence/tray")
        }
    }

    // MARK: The list

    private func evidencePage(_ context: CourtContext) async throws -> Page {
        let matter = try await openCase(context)
        let voice = context.voice
        let waiting = matter.place == nil ? [] : try await tray(in: matter.docket, of: matter.viewer)
        let title = voice("证据", "Evidence")
        return Page(
            title, breadcrumbs: [matter.crumb],
            """
            <h1>\(title)</h1>
            <p>\(voice(
                "各方提交的证据按提交先后编号。对方可以逐件发表意见，法院再逐件认定。",
                "Exhibits are numbered in the order they came. The other side may speak on each one; then the court makes its findings."))</p>
            \(offering(matter, waiting, voice))
            \(matter.state.parties.places.map { exhibits(of: $0, matter, voice) })
            \(exchangeLink(matter, voice))
            """)
    }

    private func offering(_ matter: OpenCase, _ waiting: [TrayExhibit], _ voice: Voice) -> HTML {
        guard let place = matter.place, matter.may(.offerEvidence), matter.state.hearing.closedAt == nil else {
            return .empty
        }
        let base = "/cases/\(matter.docket)/evidence"
        let ready: HTML? =
            waiting.isEmpty
            ? nil
            : Notice(
                .warning,
                "<p>\(voice("有\(waiting.count)件证据已准备，尚未提交法院。", "\(waiting.count) exhibits are ready and have not been sent to the court."))</p>\(Button.link(Words("说明并提交", "Describe and send them"), voice, to: "\(base)/tray"))"
            ).html(voice)
        return """
            \(matter.evidencePeriod(of: place.party)?.html(voice))\(ready)
            \(Button.row(Button.link(Words("添加证据", "Add evidence"), voice, to: "\(base)/add", rank: waiting.isEmpty ? .primary : .quiet)))
            """
    }

    private func exhibits(of place: PartyPlace, _ matter: OpenCase, _ voice: Voice) -> HTML {
        let own = matter.state.evidence.exhibits.filter { $0.by == place.party }
        let list: HTML =
            own.isEmpty
            ? "<p class=\"empty\">\(voice("尚未提交证据。", "No evidence yet."))</p>"
            : own.map { exhibit in
                let pieces = ExhibitPieces(exhibit: exhibit, matter: matter, voice: voice)
                return """
                    <section class="exhibit"><h3><a href="\(pieces.path)">\(said: pieces.title)</a></h3>
                    <p class="meta">\(pieces.standing)</p>\(pieces.facts)</section>

                    """ as HTML
            }.joined()
        return "<h2>\(voice(place.role.name))　<bdi>\(place.details.name)</bdi></h2>\(list)"
    }

    private func exchangeLink(_ matter: OpenCase, _ voice: Voice) -> HTML? {
        guard matter.state.evidence.exchange != nil || matter.isJudge else { return nil }
        return "<p><a href=\"/cases/\(matter.docket)/exchange\">\(voice("查看证据交换", "See the evidence exchange"))</a></p>"
    }

    // MARK: Adding files

    private func addPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let matter = try await openCase(context, for: .offerEvidence)
        let (voice, fields) = (context.voice, Fields(typed, context.voice))
        let title = voice("添加证据", "Add evidence")
        var form = PostForm(
            carriesFile: true,
            """
            \(UploadField(
                Words("选择文件，或用相机拍照", "Choose files, or use the camera"),
                hint: Words("图片、PDF、音频、视频、聊天记录导出件均可，单个文件最大4 GiB。", "Pictures, PDF, sound, video, exported chats; 4 GiB each at most."),
                endpoint: "/uploads", purpose: matter.docket.rawValue).html(fields))
            \(Button.row(Button.send(Words("下一步：说明每件证据", "Next: describe each exhibit"), voice)))
            """)
        form.action = "/cases/\(matter.docket)/evidence/add"
        return Page(
            title, breadcrumbs: [matter.crumb, matter.evidenceCrumb], hasErrors: typed.hasErrors,
            """
            <h1>\(title)</h1>\(fields.summary)
            \(matter.place.flatMap { matter.evidencePeriod(of: $0.party) }?.html(voice))
            <p>\(voice(
                "文件上传后先由您说明名称、证明内容和来源，确认后才提交法院。原件请保存好，法院可能要求核对。",
                "After the upload you say what each file is called, what it proves and where it comes from; only then does it go to the court. Keep the originals: the court may ask to see them."))</p>
            \(form.html(context))
            <p><a href="/cases/\(matter.docket)/evidence">\(voice("返回证据列表", "Back to the list"))</a></p>
            \(Disclosure(Words("不方便在线上传？", "Cannot upload online?"), "<p>\(voice("可以把材料带到或寄到本院诉讼服务中心，由工作人员协助数字化，不影响您的权利。", "Bring or post the material to the court's service counter; staff will digitise it with you. You lose no right by it."))</p>").html(voice))
            """)
    }

    private func addFiles(_ request: Request, _ context: CourtContext) async throws -> Response {
        let matter = try await openCase(context, for: .offerEvidence)
        let upload = try await context.formUpload(request)
        let ids = try upload.fields.read { try $0.ids("upload", as: UploadID.self) }
        if let file = upload.file {
            try await layReady(file, in: matter.docket, of: matter.viewer, at: context.now)
        }
        guard upload.file != nil || !ids.isEmpty else {
            throw FormErrors("file", Words("请选择至少一个文件。", "Choose at least one file."))
        }
        let key = upload.fields["_once"].flatMap(IdempotencyKey.init(rawValue:))
        let once = Once(context, body: Array(ids.map(\.rawValue).joined(separator: " ").utf8), key: key)
        try await layReady(ids, in: matter.docket, of: matter.viewer, once: ids.isEmpty ? nil : once, at: context.now)
        return .seeOther("/cases/\(matter.docket)/evidence/tray")
    }
}

extension OpenCase {
    var crumb: Page.Link { Page.Link(Words("案件", "The case"), path: "/cases/\(docket)") }
    var evidenceCrumb: Page.Link { Page.Link(Words("证据", "Evidence"), path: "/cases/\(docket)/evidence") }
    var exchangeCrumb: Page.Link { Page.Link(Words("证据交换", "Evidence exchange"), path: "/cases/\(docket)/exchange") }
}
