import Accounts
import Docket
import Hummingbird
import NIOCore
import Procedure
import Web

/// `/desk/service/paper`: letters to print and post, and the receipts that come back.
extension ServiceArea {
    private static let mostLetters = 50

    func mountPaper(on routes: inout Routes) {
        routes.get("/desk/service/paper", face: .chambers) { _, context in try await paperPage(context) }
        routes.form("/desk/service/:docket/post", face: .chambers, show: postPage) { _, context in
            let form = try context.form.read { reader in
                (
                    day: reader.day("day", Words("交邮日期", "the day of posting")),
                    tracking: reader.text("tracking", Words("邮件编号", "the tracking number"), max: 60)
                )
            }
            return Response.seeOther(
                try await recordPosting(
                    in: context.id("docket"), on: form.day, tracking: form.tracking, by: context.person(),
                    once: Once(context)))
        }
        routes.form("/desk/service/:docket/receipt", face: .chambers, show: receiptPage) { _, context in
            let day = try context.form.read { $0.day("day", Words("签收日期", "the day of receipt")) }
            return Response.seeOther(
                try await recordReceipt(
                    in: context.id("docket"), on: day, by: context.person(), once: Once(context)))
        }
        routes.get("/desk/service/:docket/code-sheet", face: .chambers, kind: .asset) { _, context in
            let pdf = try await codeSheet(
                in: context.id("docket"), address: linkAddress(context), by: context.person())
            return Response.download(
                name: "案件关联代码.pdf", mediaType: "application/pdf", bytes: pdf.count, .inline,
                body: .init(byteBuffer: ByteBuffer(bytes: pdf)))
        }
    }

    private func paperPage(_ context: CourtContext) async throws -> Page {
        try context.person().require(.readClerkDesk, now: context.now)
        let voice = context.voice
        let (toPost, waiting) = try await Matters(registry).queue(
            owner: "clerk", person: nil, steps: [.postInvitation], today: context.today, limit: Self.mostLetters)
        let (papers, paperCount) = try await Matters(registry).queue(
            owner: "clerk", person: nil, steps: [.servePapers, .serveJudgment], today: context.today,
            limit: Self.mostLetters)
        let out = try await registry.store.read { try LetterTable.posted(limit: Self.mostLetters, in: $0) }
        var posted: [(DocketID, CaseState)] = []
        for docket in out { posted.append((docket, try await state(of: docket))) }
        let title = Words("纸面信件", "Letters on paper")
        return Page(
            voice(title), width: .wide,
            breadcrumbs: [Page.Link(Words("送达", "Service of process"), path: "/desk/service")],
            """
            <h1>\(voice(title))</h1>
            <h2>\(voice("待打印、交邮", "To print and post")) <span class="count">\(Matters.said(waiting))</span></h2>
            \(WorkQueue(
                Words("待打印、交邮", "To print and post"),
                columns: [Words("案件", "Case"), Words("当事人", "Parties"), Words("代码页", "Code sheet")],
                rows: toPost.map { duty in
                    WorkQueue.Row(
                        path: "/desk/service/\(duty.matter.docket)/post", title: "\(duty.matter.number ?? "—")",
                        cells: ["\(said: duty.matter.title)", sheetLink(duty.matter.docket, voice)])
                }).html(voice))
            <h2>\(voice("待送达的文书", "Papers to serve")) <span class="count">\(Matters.said(paperCount))</span></h2>
            <p class="hint">\(voice("有电子送达地址的由系统送达；没有的，打开案件打印并交邮。", "Whoever has an electronic address is served by the system; for the others open the case, print and post."))</p>
            \(WorkQueue(
                Words("待送达的文书", "Papers to serve"),
                columns: [Words("案件", "Case"), Words("当事人", "Parties"), Words("待办", "To do")],
                rows: papers.map { duty in
                    WorkQueue.Row(
                        path: "/desk/service/\(duty.matter.docket)", title: "\(duty.matter.number ?? "—")",
                        cells: ["\(said: duty.matter.title)", "\(voice(StepLink.words(duty.step)))"])
                }).html(voice))
            <h2>\(voice("已交邮，等回执", "Posted, receipt awaited")) <span class="count">\(posted.count)</span></h2>
            \(WorkQueue(
                Words("已交邮，等回执", "Posted, receipt awaited"),
                columns: [Words("案件", "Case"), Words("当事人", "Parties"), Words("交邮", "Posted"), Words("邮件编号", "Tracking")],
                rows: posted.map { postedRow($0.0, $0.1, voice) }).html(voice))
            """)
    }

    private func postedRow(_ docket: DocketID, _ state: CaseState, _ voice: Voice) -> WorkQueue.Row {
        let sent = state.parties.defendant.flatMap { state.participation.invitations[$0.party] }
        return WorkQueue.Row(
            path: "/desk/service/\(docket)/receipt", title: "\(name(of: state))",
            cells: [
                "\(said: MatterTitle.of(state))", sent?.posted.map { voice.happened($0) } ?? "—",
                "\(said: sent?.tracking ?? "—")",
            ])
    }

    func sheetLink(_ docket: DocketID, _ voice: Voice) -> HTML {
        DocumentLink(voice("代码页", "Code sheet"), path: "/desk/service/\(docket)/code-sheet", bytes: nil, kind: "PDF")
            .html(voice)
    }

    @Sendable private func postPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        try await letterPage(context, typed, Words("打印并交邮", "Print and post")) { sent, docket, fields in
            let voice = context.voice
            return """
                <ol><li>\(voice("打印通知书：", "Print the letter: "))\(sent.letter.link(in: docket, voice)?.html(voice))</li>
                <li>\(voice("打印代码页，装入同一信封：", "Print the code sheet and put it in the same envelope: "))\(sheetLink(docket, voice))</li>
                <li>\(voice("寄往：", "Send to: "))\(said: sent.address)</li></ol>
                \(PostForm("""
                    \(fields.day("day", Words("交邮日期", "Day of posting"), latest: context.today))
                    \(fields.text("tracking", Words("邮件编号", "Tracking number"), size: 20, max: 60))
                    \(Button.row(Button.send(Words("登记已交邮", "Record the posting"), voice)))
                    """).html(context))
                """
        }
    }

    @Sendable private func receiptPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        try await letterPage(context, typed, Words("登记邮寄回执", "Record the postal receipt")) { sent, docket, fields in
            let voice = context.voice
            return """
                <p>\(voice("邮件编号", "Tracking number")) \(said: sent.tracking ?? "—") · \(voice("交邮", "posted")) \(sent.posted.map { voice.happened($0) })</p>
                <p>\(voice("关联案件的三日从签收之日起算。", "The three days to link the case count from the day of receipt."))</p>
                \(PostForm("""
                    \(fields.day("day", Words("签收日期", "Day of receipt"), latest: context.today))
                    \(Button.row(Button.send(Words("登记已收到", "Record the receipt"), voice)))
                    """).html(context))
                \(sent.posted == nil || sent.received != nil ? nil : "<p><a href=\"/desk/service/\(docket)/again\">\(voice("信件丢失或者退回？重新寄发通知书", "Lost, or come back? Send the letter again"))</a></p>" as HTML)
                """
        }
    }

    private func letterPage(
        _ context: CourtContext, _ typed: Typed, _ title: Words,
        _ body: (ParticipationState.Invitation, DocketID, Fields) -> HTML
    ) async throws -> Page {
        let (state, docket) = try await deskCase(context)
        let voice = context.voice
        guard let party = state.parties.defendant?.party, let sent = state.participation.invitations[party] else {
            throw Refusal.notInvited
        }
        let fields = Fields(typed.over(Form(["day": context.today.rawValue])), voice)
        return Page(
            voice(title),
            breadcrumbs: [
                Page.Link(Words("纸面信件", "Letters on paper"), path: "/desk/service/paper"),
                Page.Link(Words(name(of: state), name(of: state)), path: "/desk/service/\(docket)"),
            ],
            "<h1>\(voice(title))</h1>\(fields.summary)\(body(sent, docket, fields))")
    }
}
