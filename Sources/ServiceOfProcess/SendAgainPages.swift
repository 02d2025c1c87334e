import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// `/desk/service/:docket/again` and `/code`: the letter was lost or came back, or its code is lost.
extension ServiceArea {
    func mountSendAgain(on routes: inout Routes) {
        routes.form("/desk/service/:docket/again", face: .chambers, show: againPage) { _, context in
            let second = try context.form.read { reader in
                SecondLetter(
                    ground: reader.choice("ground", Words("原因", "why it is sent again")),
                    address: reader.optionalText("address", Words("寄往地址", "the address"), max: 200),
                    addressSource: reader.optionalText(
                        "address_source", Words("地址出处", "where the address stands"), max: 200),
                    answerBy: reader.day("answer_by", Words("答复期限", "the last day to answer")))
            }
            return Response.seeOther(
                try await sendAgain(
                    second, in: context.id("docket"), address: linkAddress(context), by: context.person(),
                    once: Once(context)))
        }
        routes.post("/desk/service/:docket/code", face: .chambers) { _, context in
            Response.seeOther(
                try await renewCode(in: context.id("docket"), by: context.person(), once: Once(context)))
        }
    }

    /// What can be done about a letter that has not brought the defendant in; nothing once the case is linked.
    func sendAgainCard(_ state: CaseState, _ docket: DocketID, _ context: CourtContext) async throws -> HTML {
        guard let party = state.parties.defendant?.party, let sent = state.participation.invitations[party],
            state.parties.filledBy[party] == nil, state.closing.manner == nil
        else { return .empty }
        let now = context.now
        let isPrintable = try await registry.store.read { [letters] in
            try letters.code(for: party, in: docket, at: now, in: $0) != nil
        }
        let voice = context.voice
        let renewed: HTML? = sent.codeRenewed.map {
            "<p>\(voice("最近一次发给新的代码：", "A new code was last issued: "))\(voice.happened($0))</p>"
        }
        let again =
            sent.awaitsPosting
            ? nil
            : Button.link(
                Words("重新寄发通知书", "Send the letter again"), voice, to: "/desk/service/\(docket)/again", rank: .quiet)
        return """
            <section class="card"><h3>\(voice("没有收到，或者代码遗失", "Not received, or the code is lost"))</h3>
            \(earlierLetters(sent, docket, voice))\(renewed)
            <p>\(voice("重新寄发或者发给新的代码后，原代码立即失效。", "With a second letter or a new code the old code stops working at once."))</p>
            \(isPrintable ? "<p>\(sheetLink(docket, voice))</p>" as HTML : nil)
            \(again)
            \(Button.step(Words("只发给新的代码（当面交给本人）", "Only issue a new code (handed over in person)"), context, action: "/desk/service/\(docket)/code", rank: .quiet))
            </section>
            """
    }

    private func earlierLetters(
        _ sent: ParticipationState.Invitation, _ docket: DocketID, _ voice: Voice
    ) -> HTML? {
        guard !sent.earlier.isEmpty else { return nil }
        let rows = sent.earlier.map { letter -> HTML in
            """
            <li>\(letter.letter.link(in: docket, voice)?.html(voice)) · \(said: letter.address) · \
            \(letter.posted.map { voice.happened($0) } ?? voice.happened(letter.issued)) · \(said: letter.tracking ?? "—") · \
            \(voice(letter.ground.name))</li>
            """
        }
        return "<p>\(voice("以前寄出的通知书：", "Letters sent before:"))</p><ul>\(rows)</ul>"
    }

    @Sendable private func againPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (state, docket) = try await deskCase(context)
        let voice = context.voice
        guard let party = state.parties.defendant?.party, let sent = state.participation.invitations[party] else {
            throw Refusal.notInvited
        }
        guard state.parties.filledBy[party] == nil else { throw Refusal.alreadyLinked }
        guard !sent.awaitsPosting else { throw Refusal.letterNotPosted }
        let usual = max(sent.answerBy, context.today.adding(days: Self.usualAnswerDays))
        let fields = Fields(
            typed.over(Form(["answer_by": usual.rawValue, "address": sent.address])), voice)
        let grounds = InvitationSentAgain.Ground.allCases.filter { sent.received == nil || $0 == .codeLost }
        let title = Words("重新寄发通知书", "Send the letter again")
        return Page(
            voice(title), breadcrumbs: crumbs(ofDesk: state, docket), hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title))</h1>\(fields.summary)
            <p>\(voice("将重新制作并盖章一份通知书，另附一页新的代码；原代码立即失效。", "A new stamped letter is drawn, with a sheet with a new code. The old code stops working at once."))</p>
            <p>\(voice(sent.received == nil ? Self.clockOfSecond : Self.clockOfFirst)) \(ArticleLink(.askTheOtherSide).html(voice))</p>
            <p>\(voice("卷宗中的地址：", "Addresses in the file:"))</p>
            <ul>\(state.knownAddresses(of: party).map { "<li>\(said: $0)</li>" as HTML })</ul>
            \(PostForm("""
                \(fields.radios("ground", Words("原因", "Why"), grounds.map { .init($0.rawValue, $0.name) }))
                \(fields.text("address", Words("寄往地址", "Send to"), size: 50, max: 200))
                \(fields.text(
                    "address_source", Words("地址出处", "Where this address stands"),
                    hint: Words("寄往上列以外的地址时填写，例如：原告2026年3月9日提交的说明。", "Only for an address that is not listed above, such as: the plaintiff's note of 9 March 2026."),
                    size: 50, max: 200, isOptional: true))
                \(fields.day(
                    "answer_by", Words("答复期限", "Last day to answer"),
                    hint: Words("不早于已告知的日期；通常为十五日。", "Not before the day already told; usually fifteen days on."),
                    earliest: max(sent.answerBy, context.today.adding(days: 1))))
                \(Button.row(Button.send(Words("制作通知书", "Draw the letter"), voice)))
                """).html(context))
            """)
    }

    private static let clockOfSecond = Words(
        "关联案件的三日，从收到重新寄发的通知书之日起算。", "The three days to link the case count from the receipt of this letter.")
    private static let clockOfFirst = Words(
        "通知书已经收到，关联案件的三日不重新起算；晚于三日仍可关联。",
        "The letter has arrived, so the three days to link the case do not begin again; linking later is still possible."
    )
}
