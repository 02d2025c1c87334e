import Accounts
import Hummingbird
import Procedure
import Web

/// `/inbox`: everything served on the person, newest first; one page for each.
extension ServiceArea {
    func mountInbox(on routes: inout Routes) {
        routes.get("/inbox", face: .public) { _, context in try await inboxPage(context) }
        routes.get("/inbox/:docket/:service", face: .public) { _, context in try await deliveryPage(context) }
        routes.api(.get, "/api/v1/inbox", face: .public, ServiceOperations.inbox) { _, context in
            InboxJSON(try await inbox(of: context.person(), now: context.now))
        }
    }

    private func inboxPage(_ context: CourtContext) async throws -> Page {
        let voice = context.voice
        let items = try await inbox(of: context.person(), now: context.now)
        let unread = items.count { !$0.isRead }
        let title = Words("收件箱", "Inbox")
        let list: HTML =
            items.isEmpty
            ? "<p>\(voice("还没有送达给您的文书。", "Nothing has been served on you yet."))</p>"
            : "<ol class=\"tasks\">\(items.map { line($0, context) })</ol>"
        return Page(
            voice(title),
            """
            <h1>\(voice(title))</h1>
            <p class="lead">\(unread == 0 ? voice("没有未读文书。", "Nothing is unread.") : voice("\(unread)份未读。", "\(unread) unread."))</p>
            \(list)
            """)
    }

    private func line(_ item: InboxItem, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let names = voice.list(item.delivery.documents.map { voice($0.kind.name) })
        let open = item.tasks.filter { !$0.isDone }.min { $0.due < $1.due }
        return """
            <li class="\(item.isRead ? "done" : "not-started")"><div><a href="/inbox/\(item.docket)/\(item.delivery.service)">\(names)</a>
            <p class="hint">\(item.caseName) · \(voice("送达", "served")) \(item.delivery.arrived.map { voice.happened($0) })</p>\
            \(open.map { "<p>\(voice($0.what)) · \(voice.dayElement($0.due)) <span class=\"left\">\(voice.daysLeft(until: $0.due, today: context.today))</span></p>" })</div>\
            <span class="state">\(item.isRead ? voice("已读", "Read") : voice("未读", "Unread"))</span></li>

            """
    }

    private func deliveryPage(_ context: CourtContext) async throws -> Page {
        let voice = context.voice
        let item = try await openDelivery(
            context.id("service"), in: context.id("docket"), by: context.person(), now: context.now)
        let title = Words("法院送达的文书", "Documents the court served on you")
        let certificate: HTML =
            item.delivery.channel == .post
            ? "\(voice("邮寄回执", "postal receipt")) \(said: item.delivery.tracking ?? "")"
            : item.delivery.certificate.flatMap { $0.link(in: item.docket, voice)?.html(voice) }
                ?? "\(voice("正在制作", "being drawn"))"
        return Page(
            voice(title),
            breadcrumbs: [
                Page.Link(Words("收件箱", "Inbox"), path: "/inbox"),
                Page.Link(Words(item.caseName, item.caseName), path: "/cases/\(item.docket)"),
            ],
            """
            <h1>\(voice(title))</h1>
            \(Facts([
                .init(Words("案件", "Case"), "<a href=\"/cases/\(item.docket)\">\(item.caseName)</a>"),
                .init(Words("送达时间", "Served"), item.delivery.arrived.map { voice.happened($0) } ?? "—"),
                .init(Words("送达凭证", "Certificate"), certificate),
            ]).html(voice))
            \(item.why.disclosure(Words("为何从这时起算送达", "Why it counts from then"), voice))
            <h2>\(voice("文书", "Documents"))</h2>
            <ul class="documents">\(item.delivery.documents.map { document in
                "<li>\(document.links(in: item.docket, voice).map { $0.html(voice) }.joined(separator: " · "))</li>"
            })</ul>
            \(item.tasks.isEmpty ? nil : "<h2>\(voice("您要做的", "What to do"))</h2>\(item.tasks.map { task($0, item, context) })")
            """)
    }

    private func task(_ task: InboxItem.Task, _ item: InboxItem, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let began = item.delivery.arrived?.day(in: court.zone)
        let chip = DeadlineChip(
            task.what, owner: Words("您", "You"), began: began, due: task.due, today: context.today, isMet: task.isDone,
            explanation: task.why)
        return """
            \(chip.html(voice))\(task.isDone ? nil : Button.row(Button.link(task.what, voice, to: task.path)))
            """
    }
}

/// The inbox for programs.
private struct InboxJSON: ResponseEncodable {
    struct Item: Encodable {
        let docket: DocketID
        let `case`: String
        let service: ServiceID
        let arrived: Happened?
        let read: Bool
        let documents: [Document]
        let certificate: FileID?
        let tasks: [Task]
    }
    struct Document: Encodable {
        let document: DocumentID
        let kind: String
        let files: [FileReference]
    }
    struct Task: Encodable {
        let what, what_zh: String
        let due: CourtDay
        let done: Bool
    }

    let items: [Item]

    init(_ inbox: [InboxItem]) {
        items = inbox.map { item in
            Item(
                docket: item.docket, case: item.caseName, service: item.delivery.service,
                arrived: item.delivery.arrived, read: item.isRead,
                documents: item.delivery.documents.map {
                    Document(document: $0.document, kind: $0.kind.rawValue, files: $0.files)
                },
                certificate: item.delivery.certificate?.files.first?.file,
                tasks: item.tasks.map {
                    Task(what: $0.what.en, what_zh: $0.what.zh, due: $0.due, done: $0.isDone)
                })
        }
    }
}
