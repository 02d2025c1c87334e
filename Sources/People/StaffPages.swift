import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// The administrator creates staff; each sets up password and second factor with a one-time code (工作人员).
struct StaffPages: Sendable {
    let area: PeopleArea

    static let offices: [(Office, Words)] = [
        (.filingClerk, Words("立案人员", "Filing clerk")), (.clerk, Words("书记员", "Court clerk")),
        (.judge, Words("法官", "Judge")), (.president, Words("院长", "Court president")),
        (.administrator, Words("系统管理员", "Administrator")), (.auditor, Words("审计员", "Auditor")),
    ]

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        try await page(context, typed, code: nil)
    }

    private func page(_ context: CourtContext, _ typed: Typed, code: EnrolmentCode?) async throws -> Page {
        let viewer = try context.person()
        guard viewer.offices.contains(.administrator) else { throw NotFound() }
        let voice = context.voice
        let fields = Fields(typed, voice)
        let members = try await area.accounts.staff(for: viewer)
        let queue = WorkQueue(
            Words("工作人员", "Staff"),
            columns: [Words("姓名", "Name"), Words("登录名", "Sign-in name"), Words("职务", "Office"), Words("状态", "State")],
            rows: members.map { member in
                WorkQueue.Row(
                    path: "/admin/\(member.id.rawValue)", title: "\(said: member.name)",
                    cells: [
                        "\(member.signInName)", "\(Self.offices(of: member, voice))",
                        "\(Self.state(of: member, voice))",
                    ])
            })
        return Page(
            voice("工作人员", "Staff"), width: .wide,
            """
            <h1>\(voice("工作人员", "Staff"))</h1>
            \(fields.summary)\(code.map { Self.codeNotice($0, voice) })\(queue.html(voice))
            <h2>\(voice("新建账号", "New account"))</h2>
            \(PostForm(
                """
                \(fields.text("name", Words("姓名", "Name")))
                \(fields.text("sign_in_name", Words("登录名", "Sign-in name")))
                \(fields.radios("office", Words("职务", "Office"), Self.offices.map { .init($0.0.rawValue, $0.1) }))
                \(Button.send(Words("建立账号", "Make the account"), voice))
                """).html(context))
            """)
    }

    static func offices(of member: StaffMember, _ voice: Voice) -> String {
        voice.list(offices.filter { member.offices.contains($0.0) }.map { voice($0.1) })
    }

    static func state(of member: StaffMember, _ voice: Voice) -> String {
        member.isDisabled
            ? voice("已停用", "closed") : member.isEnrolled ? voice("正常", "active") : voice("未启用", "not enrolled")
    }

    /// The only moment at which the code can be read.
    static func codeNotice(_ code: EnrolmentCode, _ voice: Voice) -> HTML {
        Notice(
            .success,
            """
            <p>\(voice("请把这个一次性代码交给本人，72小时内在“启用账号”页面使用。代码只显示这一次。", "Hand this one-time code to the person, to be used at “Enrol” within 72 hours. It is shown only now."))</p>
            \(Copyable(Words("一次性代码", "One-time code"), code.code.grouped).html(voice))
            """
        ).html(voice)
    }

    func create(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        guard viewer.offices.contains(.administrator) else { throw NotFound() }
        guard let office = context.form["office"].flatMap(Office.init(rawValue:)) else {
            throw FormErrors("office", Words("请选择职务。", "Choose an office."))
        }
        let name = context.form["name"] ?? ""
        let staff = try NewStaff(
            name: name, signInName: context.form["sign_in_name"] ?? "", offices: [office], residentNumber: nil)
        let registry = area.registry
        let docket = area.courtDocket
        try await registry.vault.load([docket])
        let code = try await area.accounts.createStaff(staff, by: viewer) { transaction, account in
            try registry.join(transaction) { entering in
                var open = try entering.docket(docket)
                let act = CourtAct.officeGiven(OfficeGiven(account: account, name: name, office: office.rawValue))
                try entering.enter(
                    [DecidedAct(.court(act))], in: &open,
                    by: Acting(account: viewer.account, capacity: .administrator))
            }
        }
        return try await page(context, .nothing, code: code)
    }

    func enrolPage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let voice = context.voice
        let fields = Fields(typed, voice)
        return Page(
            voice("启用账号", "Enrol"),
            """
            <h1>\(voice("启用账号", "Enrol"))</h1>
            \(fields.summary)
            \(PostForm(
                """
                \(fields.text("code", Words("一次性代码", "One-time code"), autocomplete: "off"))
                \(fields.secret("password", Words("设置密码", "Choose a password"), autocomplete: "new-password"))
                \(Button.send(Words("启用", "Enrol"), voice))
                """).html(context))
            """)
    }

    func enrol(_ request: Request, _ context: CourtContext) async throws -> Response {
        do {
            let token = try await area.accounts.enrol(
                with: context.form["code"] ?? "", password: context.form["password"] ?? "",
                from: area.client(request, context))
            var response = Response.seeOther("/account/second-factor")
            response.startSession(token.rawValue, in: context)
            return response
        } catch let refused as CodeRefused {
            throw FormErrors("code", refused.reason)
        }
    }
}
