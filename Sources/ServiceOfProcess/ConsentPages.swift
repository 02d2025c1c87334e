import Accounts
import Hummingbird
import Procedure
import Web

/// `/cases/:docket/consents`: the notice, one answer per stage, and who agreed to what.
extension ServiceArea {
    func mountConsents(on routes: inout Routes) {
        routes.form("/cases/:docket/consents", face: .both, show: consentsPage) { request, context in
            let form = try context.form.read { reader in
                (
                    stage: reader.choice("stage", Words("诉讼环节", "a stage"), as: Stage.self),
                    answer: reader.choice("answer", Words("是否同意", "an answer"), as: ConsentAnswer.self),
                    notice: reader.text("notice", Words("告知内容", "the notice"), max: 100)
                )
            }
            let path = try await answerConsent(
                in: context.id("docket"), form.stage, agreed: form.answer == .agree, seen: form.notice,
                by: context.person(), arrived: context.now, once: Once(context))
            return Response.seeOther(path)
        }
        routes.api(.get, "/api/v1/cases/:docket/consents", face: .both, ServiceOperations.consents) { _, context in
            let (state, docket) = try await self.case(context)
            return try await ConsentsJSON(state, consentRows(state, docket))
        }
        routes.api(.post, "/api/v1/cases/:docket/consents", face: .both, ServiceOperations.consent) { _, context in
            let body = try context.sent(as: ConsentRequest.self)
            let once = Once(context, content: "\(body.stage.rawValue) \(body.agreed) \(body.notice)")
            _ = try await answerConsent(
                in: context.id("docket"), body.stage, agreed: body.agreed, seen: body.notice, by: context.person(),
                arrived: context.now, once: once)
            let (state, docket) = try await self.case(context)
            return try await ConsentsJSON(state, consentRows(state, docket))
        }
    }

    /// The case of the path, as far as the person behind the request may read it.
    func `case`(_ context: CourtContext) async throws -> (CaseState, DocketID) {
        let docket = try context.id("docket", as: DocketID.self)
        return (try await matter(docket, for: try context.person()), docket)
    }

    @Sendable private func consentsPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (state, docket) = try await self.case(context)
        let voice = context.voice
        let place = state.parties.place(of: try context.person().account)
        let title = Words("是否在线进行", "Which stages may be online")
        let questions = place.map { self.questions(of: $0.party, state, docket, context) }
        let matrix = try await consentRows(state, docket)
        return Page(
            voice(title), breadcrumbs: crumbs(state, docket),
            """
            <h1>\(voice(title))</h1>
            \(Fields(typed, voice).summary)\(questions)
            <h2>\(voice("各方的答复", "Everyone's answers"))</h2>
            \(ConsentTable(rows: matrix, zone: court.zone).matrix(voice).html(voice))
            """)
    }

    func crumbs(_ state: CaseState, _ docket: DocketID) -> [Page.Link] {
        let name = name(of: state)
        return [Page.Link(Words(name, name), path: "/cases/\(docket)")]
    }

    private func questions(
        of party: PartyID, _ state: CaseState, _ docket: DocketID, _ context: CourtContext
    ) -> HTML {
        let voice = context.voice
        let answers = state.participation.consents[party] ?? [:]
        let open = Self.askedStages.filter { answers[$0] == nil }
        let next: HTML =
            if !open.isEmpty {
                "<p>\(voice("每个环节分别答复；同意一个环节，不等于同意其他环节。", "Answer each stage by itself. Agreeing to one says nothing about the others."))</p>"
            } else if state.service.addresses[party] == nil {
                Notice(
                    .success, title: Words("都已答复", "All answered"),
                    "<p>\(voice("下一步：说明文书送到哪里。", "Next: say where documents should reach you."))</p>\(Button.row(Button.link(Words("确认送达地址", "Confirm the address for service"), voice, to: "/cases/\(docket)/address")))"
                ).html(voice)
            } else {
                Notice(
                    .success, title: Words("都已答复", "All answered"),
                    "<p><a href=\"/cases/\(docket)\">\(voice("返回案件", "Back to the case"))</a></p>"
                ).html(voice)
            }
        return """
            <p class="lead">\(voice("在线还是线下，由您决定。不同意不影响任何诉讼权利。", "Online or in person is your decision. Saying no costs you no right."))</p>
            \(notices.onlineStages.html(voice))\(next)
            \(Self.askedStages.map { question($0, answers[$0], docket, context) })
            <p>\(voice("不想在网上办理？", "Would you rather do it in person?")) <a href="/link/offline">\(voice("线下参加的办法", "How to do it in person"))</a></p>
            """
    }

    private func question(
        _ stage: Stage, _ answer: ParticipationState.Answer?, _ docket: DocketID, _ context: CourtContext
    ) -> HTML {
        let voice = context.voice
        let digest = notices.onlineStages.shown(in: voice.language).digest.rawValue
        let standing: HTML =
            switch answer.map(\.agreed) {
            case nil: .empty
            case true?:
                """
                <p><strong>\(voice("您已同意在线进行。", "You agreed to hold it online."))</strong> \
                \(voice("想改为线下的，请在活动开始前的合理时间内致电\(court.telephone)提出，由法院审查决定。", "To go back in person, telephone \(court.telephone) in reasonable time before it begins; the court decides."))</p>
                """
            case false?:
                """
                <p><strong>\(voice("您选择线下进行。", "You chose to do it in person."))</strong> \
                \(voice("随时可以改为同意在线。", "You may agree to hold it online at any time."))</p>
                """
            }
        let agree = Button.send(
            Words("同意在线进行", "Agree: hold it online"), voice, rank: .quiet, name: "answer",
            value: ConsentAnswer.agree.rawValue)
        let decline = Button.send(
            Words("不同意，线下进行", "Decline: do it in person"), voice, rank: .quiet, name: "answer",
            value: ConsentAnswer.decline.rawValue)
        // One already agreed to is changed by a request, one declined by agreeing; the other button would do nothing.
        let buttons: HTML? =
            switch answer.map(\.agreed) {
            case nil: Button.row(agree, decline)
            case false?: Button.row(agree)
            case true?: nil
            }
        let form = buttons.map { buttons in
            PostForm(
                action: "/cases/\(docket)/consents",
                """
                <input type="hidden" name="stage" value="\(stage.rawValue)"><input type="hidden" name="notice" value="\(digest)">\(buttons)
                """
            ).html(context)
        }
        return """
            <section aria-labelledby="stage-\(stage.rawValue)"><h2 id="stage-\(stage.rawValue)">\(voice(stage.name))</h2>
            \(standing)\(form)</section>

            """
    }
}

enum ConsentAnswer: String, CaseIterable, Sendable {
    case agree, decline
}

/// `{"stage":"hearing","agreed":true,"notice":"sha256:…"}`
private struct ConsentRequest: Decodable {
    let stage: Stage
    let agreed: Bool
    let notice: String
}
