import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// `/desk/service/:docket`: one case per screen: who is to be reached and how, how far it is, what is next.
extension ServiceArea {
    /// The case of the path, for those whose business service is.
    func deskCase(_ context: CourtContext) async throws -> (CaseState, DocketID) {
        let docket = try context.id("docket", as: DocketID.self)
        let viewer = try context.person()
        let state = try await matter(docket, for: viewer)
        guard
            viewer.may(.recordService, in: state) || viewer.may(.moveOffline, in: state)
                || viewer.may(.archive, in: state)
        else { throw Forbidden(.recordService) }
        return (state, docket)
    }

    func deskPage(_ context: CourtContext) async throws -> Page {
        let (state, docket) = try await deskCase(context)
        let voice = context.voice
        let duties = state.duties(in: looking(at: context.now)).filter { Self.deskSteps.contains($0.step) }
        let matrix = try await consentRows(state, docket)
        let again = try await sendAgainCard(state, docket, context)
        return Page(
            name(of: state), width: .wide,
            breadcrumbs: [Page.Link(Words("送达", "Service of process"), path: "/desk/service")],
            """
            <h1>\(name(of: state))</h1>
            <p class="lead">\(said: MatterTitle.of(state)) · <a href="/cases/\(docket)">\(voice("打开案件", "Open the case"))</a></p>
            <h2>\(voice("下一步", "Next"))</h2>\(next(duties, state, docket, context))
            <div class="split"><section><h2>\(voice("送达对象", "Who is to be reached"))</h2>\(reach(state, voice))</section>
            <section><h2>\(voice("在线诉讼通知", "The notice"))</h2>\(invitation(state, docket, context))\(again)</section></div>
            \(ConsentTable(rows: matrix, zone: court.zone).matrix(voice).html(voice))
            <h2>\(voice("已送达", "Served"))</h2>\(deliveries(state, docket, voice))
            """)
    }

    // MARK: What is next

    private func next(_ duties: [Duty], _ state: CaseState, _ docket: DocketID, _ context: CourtContext) -> HTML {
        let voice = context.voice
        guard !duties.isEmpty else {
            return "<p>\(voice("目前没有送达方面的待办事项。", "Nothing is to be done about service now."))</p>"
        }
        return duties.map { duty in
            """
            <section class="card"><h3>\(voice(StepLink.words(duty.step)))\
            \(duty.due.map { " · \(voice.dayElement($0)) <span class=\"left\">\(voice.daysLeft(until: $0, today: context.today))</span>" })</h3>
            \(action(duty.step, state, docket, context))\(duty.why.disclosure(Words("为何是这一天", "Why this date"), voice))</section>

            """
        }.joined()
    }

    private func action(_ step: Duty.Step, _ state: CaseState, _ docket: DocketID, _ context: CourtContext) -> HTML {
        let voice = context.voice
        switch step {
        case .inviteDefendant:
            return Button.link(Words("写通知书", "Write the notice"), voice, to: "/desk/service/\(docket)/invite")
        case .postInvitation:
            return Button.link(Words("打印并交邮", "Print and post"), voice, to: "/desk/service/\(docket)/post")
        case .moveOffline:
            return """
                <p>\(voice("答复期限已过，被告既未明确同意，也未注册登录。", "The period is over: no clear agreement and no registration."))</p>
                <p>\(voice(Self.offlineWaits))</p>
                \(Button.step(Words("转为线下办理", "Move offline"), context, action: "/desk/service/\(docket)/offline", rank: .grave, fields: ["ground": OfflineGround.silence.rawValue]))
                """
        case .handleOffline: return "<p>\(voice(Self.offlineWaits))</p>"
        case .serveComplaint:
            return """
                <p>\(voice("被告已确认电子送达地址。通常由系统自动送达。", "The defendant confirmed an electronic address. The system usually serves by itself."))</p>
                \(Button.step(Words("立即送达起诉状", "Serve the complaint now"), context, action: "/desk/service/\(docket)/complaint"))
                """
        case .serveJudgment:
            let isReachable = state.parties.places.contains { state.awaitsJudgment($0.party) }
            return """
                \(waiting(state, docket, context))
                \(isReachable ? Button.step(Words("电子送达判决书", "Serve the judgment electronically"), context, action: "/desk/service/\(docket)/judgment") : nil)
                """
        case .servePapers:
            let isReachable = state.parties.places.contains {
                state.canBeServed($0.party) && !state.waitingPapers(for: $0.party).isEmpty
            }
            return """
                \(waiting(state, docket, context))
                \(isReachable ? Button.step(Words("立即电子送达", "Serve electronically now"), context, action: "/desk/service/\(docket)/serve") : nil)
                """
        case .serveDocketingNotices:
            let isReachable = state.parties.plaintiff.map { state.canBeServed($0.party) } ?? false
            guard isReachable else {
                return """
                    <p>\(voice("原告没有确认电子送达地址，通知以邮寄送达；交费和举证期限自签收次日起算。原告确认后，系统自动电子送达。", "The plaintiff has confirmed no electronic address, so the notices go by post; the periods for fee and evidence begin the day after the receipt. Once an address is confirmed they are served electronically."))</p>
                    \(Button.row(Button.link(Words("制作并邮寄", "Draw and post them"), voice, to: "/desk/filing/\(docket)/post")))
                    """
            }
            return """
                <p>\(voice("原告已确认电子送达地址。通常由系统自动制作并送达。", "The plaintiff confirmed an electronic address. The system usually draws and serves them by itself."))</p>
                \(Button.step(Words("立即制作并送达", "Draw and serve them now"), context, action: "/desk/service/\(docket)/notices"))
                """
        default: return .empty
        }
    }

    /// What "offline" means in this release, said plainly.
    static let offlineWaits = Words(
        "转为线下后，该当事人的诉讼环节目前在窗口办理；系统内的线下流程将在以后的版本提供，案件在此之前等待。",
        "Offline, this party's steps are done at the counter for now. The offline way inside this system comes with a later release; until then the case waits."
    )

    // MARK: Who and how

    private func reach(_ state: CaseState, _ voice: Voice) -> HTML {
        state.parties.places.map { place -> HTML in
            let address = state.service.addresses[place.party]
            let details = place.details
            return Facts([
                .init(
                    place.role.name,
                    "\(said: details.name)\(details.tradeName.map { trade in "（\(said: trade)）" as HTML })"),
                .init(Words("邮寄地址", "Postal address"), "\(said: address?.postal ?? details.address)"),
                .init(Words("电话", "Telephone"), "\(said: details.telephone)"),
                .init(
                    Words("电子送达", "Electronic service"),
                    address == nil
                        ? "\(voice("未确认", "not confirmed"))"
                        : "\(voice("本院账号；本人明确同意", "account with this court; clear statement"))"),
            ]).html(voice)
        }.joined()
    }

    private func invitation(_ state: CaseState, _ docket: DocketID, _ context: CourtContext) -> HTML {
        let voice = context.voice
        guard let party = state.parties.defendant?.party, let sent = state.participation.invitations[party] else {
            return "<p>\(voice("尚未发出。", "Not sent yet."))</p>"
        }
        let linkBy: HTML? = sent.linkBy.map { day in
            let why = sent.received.map {
                looking(at: context.now).limit(.onlineAssociation, from: $0.day(in: court.zone)).explanation
            }
            return "\(voice.dayElement(day))\(why?.disclosure(Words("为何是这一天", "Why this date"), voice))"
        }
        func time(_ happened: Happened?) -> HTML { happened.map { voice.happened($0) } ?? "—" }
        let tracking: HTML? = sent.tracking.map { "（\(said: $0)）" }
        return """
            \(Facts([
                .init(Words("通知书", "Letter"), sent.letter.link(in: docket, voice)?.html(voice) ?? "—"),
                .init(Words("制作", "Drawn"), time(sent.issued)),
                .init(Words("交邮", "Posted"), "\(time(sent.posted))\(tracking)"),
                .init(Words("寄往", "Sent to"), "\(said: sent.address)"),
                .init(Words("收到", "Received"), time(sent.received)),
                .init(Words("关联最迟", "Link by"), linkBy ?? "—"),
                .init(Words("关联", "Linked"), time(sent.linked)),
                .init(
                    Words("答复最迟", "Answer by"),
                    "\(voice.dayElement(sent.answerBy)) <span class=\"left\">\(voice.daysLeft(until: sent.answerBy, today: context.today))</span>"),
                .init(Words("状态", "Standing"), "\(voice(standing(of: party, sent, state)))"),
            ]).html(voice))\
            \(sent.posted != nil && sent.received == nil ? Button.link(Words("登记邮寄回执", "Record the postal receipt"), voice, to: "/desk/service/\(docket)/receipt", rank: .quiet) : nil)
            """
    }

    private func standing(
        of party: PartyID, _ sent: ParticipationState.Invitation, _ state: CaseState
    ) -> Words {
        if let ground = state.participation.offline[party] {
            return ground == .silence
                ? Words("期限内未答复，已转线下", "silent within the period; offline") : Words("不同意在线，已转线下", "declined; offline")
        }
        if sent.linked != nil { return Words("已关联", "linked") }
        if sent.awaitsPosting, !sent.earlier.isEmpty { return Words("待重新交邮", "to be posted again") }
        if sent.received != nil { return Words("已收到，等待关联", "received; linking awaited") }
        if sent.posted != nil { return Words("在途", "in the post") }
        return Words("待交邮", "to be posted")
    }

    // MARK: What was served

    private func deliveries(_ state: CaseState, _ docket: DocketID, _ voice: Voice) -> HTML {
        guard !state.service.deliveries.isEmpty else {
            return "<p>\(voice("尚无送达。", "Nothing has been served yet."))</p>"
        }
        let rows = state.service.deliveries.map { delivery -> HTML in
            let documents = delivery.documents.compactMap { $0.link(in: docket, voice)?.html(voice) }
            return """
                <tr><th scope="row">\(said: state.parties.place(delivery.party)?.details.name ?? "—")</th>
                <td>\(documents.joined(separator: "<br>"))</td><td>\(voice.happened(delivery.sent))</td>
                <td>\(delivery.arrived.map { voice.happened($0) } ?? "—")</td>
                <td>\(proof(of: delivery, docket, voice))</td></tr>

                """
        }
        return """
            <div class="scroll" role="region" tabindex="0" aria-label="\(voice("送达记录", "Record of service"))"><table class="dense">
            <thead><tr><th scope="col">\(voice("受送达人", "Recipient"))</th><th scope="col">\(voice("文书", "Documents"))</th>\
            <th scope="col">\(voice("发送", "Sent"))</th><th scope="col">\(voice("到达", "Arrived"))</th><th scope="col">\(voice("凭证", "Certificate"))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>

            """
    }

    private func proof(of delivery: ServiceState.Delivery, _ docket: DocketID, _ voice: Voice) -> HTML {
        guard delivery.channel != .post else {
            return
                "\(voice("邮寄", "by post")) \(said: delivery.tracking ?? "—")\(delivery.arrived == nil ? " <a href=\"/desk/service/\(docket)/deliveries/\(delivery.service)\">\(voice("登记邮寄回执", "Record the postal receipt"))</a>" as HTML : .empty)"
        }
        return delivery.certificate.flatMap { $0.link(in: docket, voice)?.html(voice) }
            ?? "\(voice("制作中", "being drawn"))"
    }

    // MARK: Writing the notice

    @Sendable func invitePage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (state, docket) = try await deskCase(context)
        let voice = context.voice
        let usual = context.today.adding(days: Self.usualAnswerDays)
        let fields = Fields(typed.over(Form(["answer_by": usual.rawValue])), voice)
        let title = Words("通知被告并询问是否在线", "Notify the defendant and ask about going online")
        return Page(
            voice(title),
            breadcrumbs: [
                Page.Link(Words("送达", "Service of process"), path: "/desk/service"),
                Page.Link(Words(name(of: state), name(of: state)), path: "/desk/service/\(docket)"),
            ],
            """
            <h1>\(voice(title))</h1>\(fields.summary)
            \(reach(state, voice))
            <p>\(voice("将制作并盖章一份通知书，另附一页一次性代码。代码页只打印，不入卷。", "A stamped letter is drawn, and a sheet with a one-time code. The sheet is printed and not filed."))</p>
            \(PostForm("""
                \(fields.day(
                    "answer_by", Words("答复期限", "Last day to answer"),
                    hint: Words("今天之后的一天；通常为十五日。", "A day after today; usually fifteen days on."),
                    earliest: context.today.adding(days: 1)))
                \(Button.row(Button.send(Words("制作通知书", "Draw the letter"), voice)))
                """).html(context))
            """)
    }
}
