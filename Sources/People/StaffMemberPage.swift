import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// One member of staff: offices, a new code for lost keys, the end of the account (任免与停用).
struct StaffMemberPage: Sendable {
    let area: PeopleArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        try await page(context, typed, code: nil)
    }

    private func page(_ context: CourtContext, _ typed: Typed, code: EnrolmentCode?) async throws -> Page {
        let member = try await member(context)
        let viewer = try context.person()
        let voice = context.voice
        let held = Form(pairs: member.offices.map { (name: "office", value: $0.rawValue) })
        let fields = Fields(typed.over(held), voice)
        let isOwn = member.id == viewer.account
        let action = "/admin/\(member.id.rawValue)"
        let steps: HTML? =
            member.isDisabled || isOwn
            ? nil
            : """
            <h2>\(voice("职务", "Offices"))</h2>
            \(PostForm(
                """
                \(fields.checkboxes("office", Words("职务", "Offices"), hint: Words("去掉的职务立即停止。", "An office taken away ends at once."), StaffPages.offices.map { .init($0.0.rawValue, $0.1) }))
                \(Button.send(Words("保存职务", "Keep these offices"), voice))
                """).html(context))
            <h2>\(voice("丢失密码或手机", "Lost password or phone"))</h2>
            <p>\(voice("发给新的一次性代码。旧密码、动态口令、恢复码和所有登录立即失效。", "Issue a new one-time code. The old password, second factor, recovery codes and sessions end at once."))</p>
            \(Button.step(Words("发给新代码", "Issue a new code"), context, action: "\(action)/code", rank: .quiet))
            <h2>\(voice("停用账号", "Close the account"))</h2>
            <p>\(voice("停用后不能再登录。以前的行为仍记在本人名下。", "Nobody can sign in with it again. What was done under it stays on record under this name."))</p>
            \(Button.step(Words("停用账号", "Close the account"), context, action: "\(action)/close", rank: .quiet))
            """
        return Page(
            voice("工作人员", "Staff"), breadcrumbs: [Page.Link(Words("工作人员", "Staff"), path: "/admin")],
            """
            <h1>\(said: member.name)</h1>
            \(fields.summary)\(code.map { StaffPages.codeNotice($0, voice) })
            \(Facts([
                .init(Words("登录名", "Sign-in name"), "\(member.signInName)"),
                .init(Words("职务", "Offices"), "\(StaffPages.offices(of: member, voice))"),
                .init(Words("状态", "State"), "\(StaffPages.state(of: member, voice))"),
            ]).html(voice))
            \(steps)
            """)
    }

    func setOffices(_ context: CourtContext) async throws -> Response {
        let member = try await member(context)
        let viewer = try context.person()
        let offices = Set(context.form.all("office").compactMap(Office.init(rawValue:)))
        guard !offices.isEmpty else {
            throw FormErrors(
                "office", Words("至少保留一项职务；不再任职的，请停用账号。", "Keep at least one office, or close the account."))
        }
        try await area.registry.vault.load([area.courtDocket])
        try await area.accounts.setOffices(offices, of: member.id, by: viewer) { transaction, given, ended in
            try enter(
                given.map(\.rawValue).sorted().map {
                    .officeGiven(OfficeGiven(account: member.id, name: member.name, office: $0))
                } + endings(of: ended, member),
                by: viewer, in: transaction)
        }
        return .seeOther("/admin/\(member.id.rawValue)")
    }

    func issueCode(_ context: CourtContext) async throws -> Page {
        let member = try await member(context)
        let code = try await area.accounts.renewEnrolment(of: member.id, by: try context.person())
        return try await page(context, .nothing, code: code)
    }

    func close(_ context: CourtContext) async throws -> Response {
        let member = try await member(context)
        let viewer = try context.person()
        try await area.registry.vault.load([area.courtDocket])
        try await area.accounts.disable(member.id, by: viewer) { transaction in
            try enter(endings(of: member.offices, member), by: viewer, in: transaction)
        }
        return .seeOther("/admin")
    }

    /// Whoever is no administrator learns nothing about who works here.
    private func member(_ context: CourtContext) async throws -> StaffMember {
        let viewer = try context.person()
        guard viewer.offices.contains(.administrator) else { throw NotFound() }
        let id = try context.id("account", as: AccountID.self)
        guard let member = try await area.accounts.staff(for: viewer).first(where: { $0.id == id }) else {
            throw NotFound()
        }
        return member
    }

    private func endings(of offices: Set<Office>, _ member: StaffMember) -> [CourtAct] {
        offices.map(\.rawValue).sorted().map { .officeEnded(OfficeEnded(account: member.id, office: $0)) }
    }

    private func enter(_ acts: [CourtAct], by viewer: Viewer, in transaction: Transaction) throws {
        try area.registry.join(transaction) { entering in
            var open = try entering.docket(area.courtDocket)
            try entering.enter(
                acts.map { DecidedAct(.court($0)) }, in: &open,
                by: Acting(account: viewer.account, capacity: .administrator))
        }
    }
}
