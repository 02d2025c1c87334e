import Accounts
import Docket
import Hummingbird
import NIOCore
import Procedure
import Storage
import Web

/// Registering under one's real name, and handing in the document (实名注册与核验).
struct RegistrationPages: Sendable {
    let area: PeopleArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let voice = context.voice
        let fields = Fields(typed, voice)
        return Page(
            voice("注册", "Register"),
            """
            <h1>\(voice("注册账号", "Register"))</h1>
            \(fields.summary)
            <p>\(voice("在线诉讼须实名。我们只收集核验身份和联系您所必需的信息。", "Online litigation needs your real name. We ask only for what is needed to verify you and reach you."))</p>
            \(PostForm(
                """
                \(fields.text("name", Words("姓名", "Full name"), hint: Words("与身份证件一致", "As on your identity document"), autocomplete: "name"))
                \(fields.text("resident_number", Words("居民身份证号码", "Resident identity number"), size: 20, max: 18))
                \(fields.text("mobile", Words("手机号", "Mobile number"), autocomplete: "tel", keyboard: .telephone, size: 16))
                \(fields.secret("password", Words("密码", "Password"), hint: Words("至少8个字符，越长越好", "At least 8 characters; longer is better"), autocomplete: "new-password"))
                \(Button.row(Button.send(Words("注册", "Register"), voice)))
                """).html(context))
            <p class="hint">\(voice("不想在线办理？可以到立案窗口。", "Would you rather come in person? The counter is open."))</p>
            """)
    }

    func register(_ request: Request, _ context: CourtContext) async throws -> Page {
        let form = context.form
        let registration = try Registration(
            name: form["name"] ?? "", residentNumber: form["resident_number"] ?? "", mobile: form["mobile"] ?? "",
            password: form["password"] ?? "")
        let docket = try await area.registry.newDocket()
        let registry = area.registry
        let received = try await area.accounts.register(
            registration, photographs: [], from: area.client(request, context)
        ) { transaction, account in
            try registry.join(transaction) { entering in
                var open = try entering.open(docket, kind: .person)
                let body = PersonRegistered(
                    account: account.id, name: account.name, residentNumber: account.residentNumber?.rawValue ?? "",
                    telephone: account.mobile ?? "", photographs: [])
                try entering.enter(
                    [DecidedAct(.person(.registered(body)), under: .realName)], in: &open,
                    by: Acting(account: account.id, capacity: .party))
                try PersonDocketTable.insert(docket, of: account.id, in: transaction)
            }
        }
        let voice = context.voice
        return Page(
            voice("已收到注册", "Registration received"),
            """
            <h1>\(voice("已收到注册", "Registration received"))</h1>
            \(Notice(.success, "<p>\(voice(received.words))</p>").html(voice))
            <p>\(voice("下一步：登录，设置动态口令，然后上传身份证件照片。", "Next: sign in, set up your one-time code, then hand in photographs of your document."))</p>
            \(Button.link(Words("去登录", "Sign in"), voice, to: "/sign-in"))
            """)
    }

    func identityPage(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        let voice = context.voice
        let status: HTML
        switch try await area.accounts.identityStatus(of: viewer) {
        case .verified(let at):
            status = Notice(
                .success, "<p>\(voice("身份已核验", "Your identity is verified")) · \(voice.timeElement(at))</p>"
            ).html(voice)
        case .waiting(let since):
            status = Notice(
                .information,
                "<p>\(voice("正在等待工作人员核验，自", "Waiting for the clerk's check since")) \(voice.timeElement(since))</p>"
            ).html(voice)
        case .refused(let reason, _):
            status = "\(Notice(.warning, "<p>\(said: reason)</p>").html(voice))\(upload(context))"
        case .notAsked: status = upload(context)
        }
        return Page(
            voice("实名核验", "Identity check"),
            "<h1>\(voice("实名核验", "Identity check"))</h1>\(status)")
    }

    private func upload(_ context: CourtContext) -> HTML {
        let voice = context.voice
        return """
            <p>\(voice("请拍摄居民身份证有照片的一面，文字须清楚。工作人员会比对，照片只用于核验。", "Photograph the side of your identity card with your picture, so that it can be read. A clerk compares it; it is used for this check only."))</p>
            \(PostForm(
                carriesFile: true,
                """
                <div class="field"><label for="f-photograph">\(voice("证件照片", "Photograph of the document"))</label>
                <input type="file" id="f-photograph" name="photograph" accept="image/*" capture="environment"></div>
                \(Button.send(Words("交给法院核验", "Send it to the court"), voice))
                """).html(context))
            """
    }

    func handIn(_ request: Request, _ context: CourtContext) async throws -> Response {
        let viewer = try context.person()
        let upload = try await context.formUpload(request)
        guard let file = upload.file else { throw Refusal.photographsMissing }
        guard
            let docket = try await area.registry.store.read({ try PersonDocketTable.docket(of: viewer.account, in: $0) }
            )
        else { throw NotFound() }
        try await area.registry.vault.load([docket])
        let stored = try await area.files.put(file.bytes, in: docket, .main, name: file.name)
        let files = area.files
        try await area.accounts.submitPhotographs([stored.id], by: viewer) { transaction, _ in
            try files.record(stored, at: context.now, in: transaction)
        }
        return .seeOther("/account/identity")
    }
}
