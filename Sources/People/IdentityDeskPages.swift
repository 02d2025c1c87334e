import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// The clerk compares the photograph with what was typed, and decides (立案窗口实名核验).
struct IdentityDeskPages: Sendable {
    let area: PeopleArea

    func queue(_ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        guard viewer.offices.contains(.filingClerk) else { throw NotFound() }
        let voice = context.voice
        let checks = try await area.accounts.waitingIdentityChecks(for: viewer)
        let queue = WorkQueue(
            Words("待核验", "To check"), columns: [Words("姓名", "Name"), Words("提交时间", "Handed in")],
            rows: checks.map {
                WorkQueue.Row(
                    path: "/desk/people/\($0.id)", title: "\(said: $0.account.name)",
                    cells: [voice.timeElement($0.askedAt)])
            })
        return Page(
            voice("实名核验", "Identity checks"), width: .wide,
            "<h1>\(voice("实名核验", "Identity checks")) <span class=\"count\">\(checks.count)</span></h1>\(queue.html(voice))"
        )
    }

    private func check(_ context: CourtContext) async throws -> (IdentityCheck, Viewer) {
        let viewer = try context.person()
        guard viewer.offices.contains(.filingClerk) else { throw NotFound() }
        let id: IdentityCheckID = try context.id("check")
        return (try await area.accounts.identityCheck(id, for: viewer), viewer)
    }

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (check, _) = try await check(context)
        let voice = context.voice
        let fields = Fields(typed, voice)
        let photographs = check.photographs.map { file -> HTML in
            """
            <p><img class="photograph" src="/desk/people/\(check.id)/photographs/\(file)" alt="\(voice("证件照片", "Photograph of the document"))"></p>

            """
        }
        return Page(
            voice("核验身份", "Check an identity"), width: .wide,
            breadcrumbs: [Page.Link(Words("实名核验", "Identity checks"), path: "/desk/people")],
            """
            <h1>\(voice("核验身份", "Check an identity"))</h1>
            \(fields.summary)
            \(SplitView(
                left: (Words("证件照片", "Photograph"), "\(photographs)"),
                right: (
                    Words("填写的信息", "What was typed"),
                    """
                    \(Facts([
                        .init(Words("姓名", "Name"), "\(said: check.account.name)"),
                        .init(Words("身份证号码", "Resident number"), "\(check.account.residentNumber?.rawValue ?? "—")"),
                        .init(Words("手机号", "Mobile number"), "\(check.account.mobile ?? "—")"),
                    ]).html(voice))
                    \(PostForm(
                        """
                        \(fields.radios("decision", Words("核验结果", "Decision"), [
                            .init("verified", Words("一致，核验通过", "They agree: verified")),
                            .init("refused", Words("不通过", "Not verified")),
                        ]))
                        \(fields.text("reason", Words("不通过的理由（告知本人）", "Reason, told to the person"), isOptional: true))
                        \(Button.send(Words("确定", "Decide"), voice))
                        """).html(context))
                    """
                )
            ).html(voice))
            """)
    }

    func photograph(_ context: CourtContext) async throws -> Response {
        let (check, _) = try await check(context)
        let id: FileID = try context.id("file")
        guard check.photographs.contains(id), let stored = try await area.files.file(id) else { throw NotFound() }
        let bytes = try await area.files.open(stored).read(0..<stored.size)
        return .download(
            name: stored.name, mediaType: stored.mediaType.rawValue, bytes: bytes.count, .inline,
            body: .init(byteBuffer: .init(bytes: bytes)))
    }

    func decide(_ context: CourtContext) async throws -> Response {
        let (check, viewer) = try await check(context)
        let decision: IdentityDecision
        switch context.form["decision"] {
        case "verified": decision = .verified
        case "refused": decision = .refused(reason: context.form["reason"] ?? "")
        default: throw FormErrors("decision", Words("请选择核验结果。", "Choose a decision."))
        }
        let registry = area.registry
        let docket = try await registry.store.read { try PersonDocketTable.docket(of: check.account.id, in: $0) }
        if let docket { try await registry.vault.load([docket]) }
        try await area.accounts.decide(decision, on: check.id, by: viewer) { transaction, check, decision in
            guard let docket else { return }
            try registry.join(transaction) { entering in
                var open = try entering.docket(docket)
                let act: PersonAct =
                    switch decision {
                    case .verified: .verified(IdentityVerified(account: check.account.id, method: .clerksDesk))
                    case .refused(let reason): .refused(IdentityRefused(account: check.account.id, reason: reason))
                    }
                try entering.enter(
                    [DecidedAct(.person(act), under: .realName)], in: &open,
                    by: Acting(account: viewer.account, capacity: .filingClerk))
            }
        }
        return .seeOther("/desk/people")
    }
}
