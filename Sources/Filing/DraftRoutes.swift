import Accounts
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// The party's routes: they only translate.
extension FilingArea {
    func mountDrafts(on routes: inout Routes) {
        routes.get("/drafts", face: .public, listPage)
        routes.post("/drafts", face: .public) { request, context in
            let form = try context.form.read { $0.text("form", Words("起诉状种类", "the kind of complaint")) }
            let docket = try await beginDraft(form, by: context.person(), key: context.idempotencyKey)
            return Response.seeOther("/drafts/\(docket)")
        }
        routes.get("/drafts/:docket", face: .public) { request, context in
            do {
                return try await tasksPage(context).response(from: request, context: context)
            } catch let sent as DraftWasSent {
                return Response.seeOther("/cases/\(sent.docket)")
            }
        }
        routes.api(.put, "/drafts/:docket/answers", face: .public, DraftOperations.autosave, autosave)
        routes.form(
            "/drafts/:docket/steps/:step", face: .public, maximumBodyBytes: BodyLimit.json, show: stepPage,
            send: sendStep)
        routes.get("/drafts/:docket/fee", face: .public) { _, context in
            Fragment(feeView(try await draft(context.id("docket"), of: context.person()), context))
        }
        routes.post("/drafts/:docket/fee", face: .public, previewFee)
        mountDraftEvidence(on: &routes)
        routes.form("/drafts/:docket/consents", face: .public, show: consentsPage, send: sendConsents)
        routes.form("/drafts/:docket/address", face: .public, show: addressPage, send: sendAddress)
        mountDraftSigning(on: &routes)
        routes.form("/drafts/:docket/discard", face: .public, show: discardPage) { _, context in
            try await discard(context.id("docket"), by: context.person())
            return Response.seeOther("/drafts")
        }
        routes.form("/drafts/:docket/insist", face: .public, show: insistPage) { _, context in
            let words = try context.form.read { $0.text("words", Words("理由", "your reasons"), max: 2_000) }
            let docket: DocketID = try context.id("docket")
            try await insist(
                words, in: docket, by: context.person(), key: context.idempotencyKey, arrived: context.now)
            return Response.seeOther("/cases/\(docket)")
        }
        mountDraftAPI(on: &routes)
    }

    private func mountDraftEvidence(on routes: inout Routes) {
        routes.form(
            "/drafts/:docket/evidence", face: .public, maximumBodyBytes: BodyLimit.upload, show: evidencePage,
            send: sendEvidence)
        routes.form("/drafts/:docket/evidence/list", face: .public, show: evidencePage) { _, context in
            let docket: DocketID = try context.id("docket")
            let step = context.form["do"].flatMap(ExhibitStep.init)
            try await arrangeEvidence(
                step, typed: context.form.repeatable, in: docket, by: context.person(), from: context.basis)
            if step != nil || context.form["do"] == "stay" { return Response.seeOther("/drafts/\(docket)/evidence") }
            let hand = try await draft(docket, of: context.person())
            let errors = hand.content.exhibitErrors
            guard errors.isEmpty || context.form["do"] == "later" else { throw FormErrors(errors) }
            return Response.seeOther("/drafts/\(docket)")
        }
        routes.get("/drafts/:docket/files/:file", face: .public, kind: .asset, draftFile)
    }

    private func mountDraftSigning(on routes: inout Routes) {
        routes.get("/drafts/:docket/check", face: .public, checkPage)
        routes.post("/drafts/:docket/draw", face: .public) { _, context in
            let docket: DocketID = try context.id("docket")
            do {
                _ = try await drawComplaint(docket, by: context.person())
            } catch is FormErrors {
                // The page to check names each gap with the way to mend it.
                return Response.seeOther("/drafts/\(docket)/check")
            }
            return Response.seeOther("/drafts/\(docket)/sign")
        }
        routes.get("/drafts/:docket/sign", face: .public) { try await signPage($0, context: $1, typed: .nothing) }
        routes.form("/drafts/:docket/submit", face: .public, show: signPage) { _, context in
            let (digest, code) = try context.form.read { reader in
                (
                    reader.text("digest", Words("摘要", "the digest")),
                    reader.secret("code", Words("动态口令", "your one-time code"))
                )
            }
            let docket: DocketID = try context.id("docket")
            let entry = try await submit(
                docket, digest: digest, code: code, by: context.person(), key: context.idempotencyKey,
                arrived: context.now)
            return Response.seeOther("/drafts/\(docket)/receipt/\(entry)")
        }
        routes.get("/drafts/:docket/receipt/:entry", face: .public, answerPage)
        routes.get("/drafts/:docket/receipt/:entry/answer", face: .public, kind: .asset) { _, context in
            let entry: EntryID = try context.id("entry")
            let (_, text) = try await signedAnswer(entry, in: context.id("docket"), of: context.person())
            return Response.download(
                name: "提交回执-\(entry.rawValue.prefix(8)).json", mediaType: "application/json", bytes: text.utf8.count,
                body: .init(byteBuffer: ByteBuffer(string: text)))
        }
    }

    // MARK: Saving

    @Sendable private func autosave(_ request: Request, context: CourtContext) async throws -> Response {
        let sent = try context.sent(as: AutosaveRequest.self)
        do {
            let saved = try await save(
                sent.form, fields: sent.fields.keys.sorted(), in: context.id("docket"), by: context.person(),
                from: .version(sent.version))
            let answer = AutosaveAnswer(saved: context.now, version: saved.draft.version)
            return try answer.response(from: request, context: context)
        } catch let conflict as DraftConflict {
            return try AutosaveConflict(conflict.theirs, version: conflict.version)
                .response(from: request, context: context)
        }
    }

    @Sendable private func sendStep(_ request: Request, context: CourtContext) async throws -> Response {
        let docket: DocketID = try context.id("docket")
        let person = try context.person()
        let before = try await draft(docket, of: person)
        guard let step = before.form.step(try context.part("step")) else { throw NotFound() }
        let names = step.fields(for: before.answers)
        // Kept first, whatever is wrong with it: nothing typed is lost.
        let hand = try await save(
            Form(pairs: context.form.pairs.filter { names.contains($0.name) }), fields: names, in: docket, by: person,
            from: context.basis)
        if context.form["then"] == "later" { return .seeOther("/drafts/\(docket)") }
        let errors = hand.form.errors(in: hand.answers, step: step, setting: FormSetting(today: context.today))
        guard errors.isEmpty else { throw FormErrors(errors) }
        if context.form["then"] == "check" { return .seeOther("/drafts/\(docket)/check") }
        guard let next = hand.form.step(after: step.id, for: hand.answers) else {
            return .seeOther("/drafts/\(docket)")
        }
        return .seeOther(hand.path(of: next))
    }

    @Sendable private func previewFee(_ request: Request, context: CourtContext) async throws -> Fragment {
        var hand = try await draft(context.id("docket"), of: context.person())
        let typed = Set(context.form.pairs.map(\.name)).filter { hand.form.hasField($0) && hand.known[$0] == nil }
        hand.draft.content.answers.take(typed.sorted(), from: context.form)
        return Fragment(feeView(hand, context))
    }

    @Sendable private func sendEvidence(_ request: Request, context: CourtContext) async throws -> Response {
        let docket: DocketID = try context.id("docket")
        let person = try context.person()
        let isMultipart = request.headers[.contentType]?.lowercased().hasPrefix("multipart/form-data") == true
        let upload = isMultipart ? try await context.formUpload(request) : nil
        let ids = (upload?.fields ?? context.form).all("upload").compactMap(UploadID.init(rawValue:))
        if let file = upload?.file {
            try await addEvidence(file, to: docket, by: person)
        } else if ids.isEmpty {
            throw FormErrors("file", Words("请选择文件。", "Choose a file."))
        }
        for id in ids { try await addEvidence(id, to: docket, by: person) }
        return .seeOther("/drafts/\(docket)/evidence")
    }

    /// A file of the draft: an exhibit as it was uploaded, or the complaint as it was drawn.
    @Sendable private func draftFile(_ request: Request, context: CourtContext) async throws -> Response {
        let id: FileID = try context.id("file")
        let hand = try await draft(context.id("docket"), of: context.person())
        let named = hand.content.exhibits.map(\.file) + (hand.content.drawn?.document.files ?? [])
        guard let reference = named.first(where: { $0.file == id }), let file = try await files.file(id) else {
            throw NotFound()
        }
        let opened = try await files.open(file)
        return .download(
            name: reference.name, mediaType: reference.mediaType, bytes: reference.bytes, .inline,
            body: .init(contentLength: reference.bytes) { writer in
                for try await bytes in opened.stream() { try await writer.write(bytes) }
                try await writer.finish(nil)
            })
    }

    // MARK: Consents and address

    @Sendable private func sendConsents(_ request: Request, context: CourtContext) async throws -> Response {
        let notice = notices.onlineStages.shown(in: context.language)
        let answers = try context.form.read { reader in
            DraftContent.stages.map { stage in
                let name = Words("是否同意在线\(stage.name.zh)", "whether “\(stage.name.en)” may be online")
                return (stage, reader.choice("consent.\(stage.rawValue)", name, as: YesNo.self))
            }
        }
        // What was read is what the form says was shown; a newer text has to be read first.
        guard context.form["notice"] == notice.digest.rawValue else { throw Stale([Words.noticeChanged]) }
        let docket: DocketID = try context.id("docket")
        try await change(docket, by: context.person(), from: .newest) { content, _ in
            content.consents = answers.map { .init(stage: $0.0, agreed: $0.1 == .yes, notice: notice) }
        }
        return .seeOther("/drafts/\(docket)")
    }

    @Sendable private func sendAddress(_ request: Request, context: CourtContext) async throws -> Response {
        let notice = notices.electronicService.shown(in: context.language)
        let (agreed, postal) = try context.form.read { reader in
            (
                reader.choice(
                    "service", Words("是否同意电子送达", "whether documents may be served electronically"), as: YesNo.self),
                reader.text("postal", Words("邮寄地址", "your postal address"), max: 200)
            )
        }
        guard context.form["notice"] == notice.digest.rawValue else { throw Stale([Words.noticeChanged]) }
        let docket: DocketID = try context.id("docket")
        try await change(docket, by: context.person(), from: .newest) { content, _ in
            content.address = .init(agreed: agreed == .yes, postal: postal, notice: notice)
        }
        return .seeOther("/drafts/\(docket)")
    }
}

enum YesNo: String, CaseIterable, Sendable { case yes, no }

extension Words {
    static let noticeChanged = Words(
        "告知内容或者页面语言有变化，请重新阅读。", "The notice or the language of the page changed. Read it again.")
}

extension CourtContext {
    /// What the page of this form was drawn from. Not a field of the person's: a repeat of the form leaves it out.
    var basis: DraftBasis { .page(version: form["_version"].flatMap { Int($0) }) }
}

extension DraftAtHand {
    func path(of step: FormDefinition.Step) -> String {
        step.questions.contains { $0.kind == .evidence }
            ? "/drafts/\(draft.docket)/evidence" : "/drafts/\(draft.docket)/steps/\(step.id)"
    }
}
