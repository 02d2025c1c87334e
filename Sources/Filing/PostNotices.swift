import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import Web

/// The notices of docketing by post, to a plaintiff who confirmed no electronic address: the court clerk's page.
///
/// - Source: Civil Procedure Law art. 91; Litigation Fees Measures art. 22.
extension FilingDesk {
    @Sendable func postPage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        let docket: DocketID = try context.id("docket")
        let (head, state) = try await read(docket)
        try viewer.require(.readCase, in: state, now: context.now)
        guard viewer.may(.recordService, in: state) else { throw Forbidden(.recordService) }
        let voice = context.voice
        let fields = Fields(typed, voice)
        let title = Words("邮寄立案通知", "Post the notices of docketing")
        guard let plaintiff = state.waitsForNotices, let address = state.postalAddress(of: plaintiff) else {
            throw Refusal.nothingToServe
        }
        let posted = state.service.posted(to: plaintiff).map { letter -> HTML in
            "<li>\(voice.happened(letter.sent)) · \(said: letter.tracking ?? "—") <a href=\"/desk/service/\(docket)/deliveries/\(letter.service)\">\(voice("登记邮寄回执", "Record the postal receipt"))</a></li>"
        }
        return Page(
            voice(title), breadcrumbs: [.init(Words("送达", "Service of process"), path: "/desk/service/\(docket)")],
            hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title))</h1>\(fields.summary)
            \(posted.isEmpty ? nil : "<h2>\(voice("已交邮，等回执", "Posted, receipt awaited"))</h2><ul>\(posted)</ul>")
            <p>\(voice("将制作并盖章受理、交费、举证和小额诉讼四份通知，期限自签收次日起算。提交后从送达记录中打印，当日交邮。", "The notices of acceptance, fee, evidence and small claims are drawn and stamped; their periods begin the day after the receipt. Print them from the record of service and post them the same day.")) \(ArticleLink(.serviceByPost).html(voice))</p>
            <p>\(voice("寄往：", "Send to: "))\(said: state.parties.place(plaintiff)?.details.name ?? "")，\(said: address)</p>
            \(PostForm("""
                <input type="hidden" name="seen" value="\(head.position)">\
                \(fields.text("tracking", Words("邮件编号", "Tracking number"), size: 20, max: 60))\
                \(Button.row(Button.send(Words("制作并登记交邮", "Draw and record the posting"), voice)))
                """).html(context))
            """)
    }

    @Sendable func sendPost(_ request: Request, _ context: CourtContext) async throws -> Response {
        let step = try step(context)
        let tracking = try context.form.read { $0.text("tracking", Words("邮件编号", "the tracking number"), max: 60) }
        try await postNotices(step, tracking: tracking)
        return .seeOther("/desk/service/\(step.docket)")
    }

    /// Draws the notices and records that they are posted today; the fee and its number go with them.
    ///
    /// - Throws: `Forbidden`, `Stale`, a `Refusal`.
    func postNotices(_ step: DeskStep, tracking: String) async throws {
        guard try await isStillToDo(step) else { return }
        let (_, state) = try await read(step.docket)
        let now = registry.clock.now
        let acting = try step.viewer.require(.recordService, in: state, now: now)
        guard let plaintiff = state.waitsForNotices else { throw Refusal.nothingToServe }
        let context = Context(now: now, court: court, tables: tables, acting: acting)
        let payment = state.service.posted(to: plaintiff).compactMap(\.fee).last?.payment ?? .random()
        guard
            let (pressed, amount) = try await drawNotices(state, payment, by: .post, in: step.docket, context)
        else { throw Refusal.nothingToServe }
        let command = PostDocuments(
            service: .random(), party: plaintiff, documents: pressed.map(\.reference), tracking: tracking,
            fee: FeeDemand(payment: payment, amount: amount))
        try await write(step) { [press, court] t, docket in
            let acting = try step.viewer.require(.recordService, in: docket.state, now: t.now)
            guard docket.state.waitsForNotices != nil else { throw Refusal.nothingToServe }
            let happened = Happened.on(court.zone.day(of: t.now))
            let acts = try docket.state.decide(command, in: t.context(acting, happened: happened))
            try t.enter(acts, in: &docket, by: acting, channel: .offline, happened: happened)
            for document in pressed { try press.record(document, at: t.now, in: t.storage) }
            try PaymentTable.insert(payment, docket: docket.id, at: t.now, in: t.storage)
        }
    }
}
