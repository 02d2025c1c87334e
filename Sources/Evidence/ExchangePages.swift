import Accounts
import Hummingbird
import Procedure
import Web

/// The evidence exchange on one page: the window, who has spoken on what, and what is to be done next.
extension EvidenceArea {
    func mountExchange(on routes: inout Routes) {
        routes.get("/cases/:docket/exchange", face: .both) { _, context in try await exchangePage(context, .nothing) }
        routes.form(
            "/cases/:docket/exchange/open", face: .both,
            show: { _, context, typed in try await exchangePage(context, typed) },
            send: { _, context in
                let matter = try await openCase(context, for: .setWindow)
                let until = try context.form.read { $0.day("until", Words("最后一日", "the last day")) }
                return Response.seeOther(
                    try await openExchange(
                        in: matter.docket, until: until, by: matter.viewer, once: Once(context, context.form),
                        arrived: context.now))
            })
        routes.form(
            "/cases/:docket/exchange/end", face: .public,
            show: { _, context, typed in try await exchangePage(context, typed) },
            send: { _, context in
                let matter = try await openCase(context, for: .opine)
                return Response.seeOther(
                    try await agreeToEndExchange(
                        in: matter.docket, by: matter.viewer, once: Once(context, context.form), arrived: context.now))
            })
        routes.form(
            "/cases/:docket/exchange/close", face: .both,
            show: { _, context, typed in try await exchangePage(context, typed) },
            send: { _, context in
                let matter = try await openCase(context, for: .setWindow)
                return Response.seeOther(
                    try await closeExchange(
                        in: matter.docket, by: matter.viewer, once: Once(context, context.form), arrived: context.now))
            })
    }

    private func exchangePage(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let matter = try await openCase(context)
        let voice = context.voice
        let suggested = Form(["until": matter.today.adding(days: 7).rawValue])
        let fields = Fields(typed.over(suggested), voice)
        let title = voice("证据交换", "Evidence exchange")
        let body: HTML
        if matter.state.evidence.exchange == nil {
            body = matter.isJudge ? opening(matter, fields, context) : notOpen(voice)
        } else {
            body = """
                \(matter.exchangeWindow?.html(voice))\(progress(matter, voice))\(list(matter, voice))\
                \(matter.isJudge ? closing(matter, context) : ending(matter, context))\
                \(matter.isJudge ? reopening(matter, fields, context) : .empty)
                """
        }
        return Page(
            title, width: matter.isJudge ? .wide : .reading, breadcrumbs: [matter.crumb, matter.evidenceCrumb],
            hasErrors: typed.hasErrors,
            "<h1>\(title)</h1>\(fields.summary)\(body)\(NextSteps(matter).html(voice))")
    }

    private func notOpen(_ voice: Voice) -> HTML {
        """
        <p>\(voice(
            "法官尚未开启证据交换。各方都同意在线交换，且答辩状已提交或答辩期届满后，法官会开启并指定最后一日，届时会通知您。",
            "The judge has not opened the exchange yet. It opens when both parties agreed to do it online and the answer is in, or its period is over. You will be told.")) \(ArticleLink(.evidenceExchange).html(voice))</p>
        """
    }

    // MARK: The judge opens and closes it

    private func opening(_ matter: OpenCase, _ fields: Fields, _ context: CourtContext) -> HTML {
        let voice = fields.voice
        let consents = matter.state.parties.places.map { place in
            Facts.Fact(place.role.name, "\(said: place.details.name)　\(consent(of: place.party, matter, voice))")
        }
        let answer = Facts.Fact(
            Words("答辩状", "Answer"),
            matter.state.evidence.answeredAt.map { "\(voice("已提交", "Sent")) \(voice.happened($0))" }
                ?? "\(voice("尚未提交", "Not sent"))")
        return """
            <h2>\(voice("是否具备条件", "Is it ready?"))</h2>\(Facts(consents + [answer]).html(voice))
            \(matter.state.parties.defendant.flatMap { matter.answerPeriod(of: $0.party) }?.html(voice))
            <p>\(voice(
                "非同步方式：各方在期限内分别登录，对对方的证据逐件发表意见。",
                "Not at the same time: within the window each party logs in on its own and speaks on each exhibit of the other.")) \(ArticleLink(.evidenceExchange).html(voice))</p>
            \(windowForm(matter, fields, context))
            """
    }

    private func windowForm(_ matter: OpenCase, _ fields: Fields, _ context: CourtContext) -> HTML {
        PostForm(
            action: "/cases/\(matter.docket)/exchange/open",
            """
            \(fields.day("until", Words("发表意见的最后一日", "Last day for opinions"), hint: Words("须在今天之后，并给各方合理的时间。", "After today, and long enough to be reasonable for both."), earliest: matter.today.adding(days: 1)))
            \(Button.row(Button.send(Words("开启证据交换", "Open the exchange"), fields.voice)))
            """
        ).html(context)
    }

    /// For exhibits that came after the exchange had closed; the others are not opened again.
    private func reopening(_ matter: OpenCase, _ fields: Fields, _ context: CourtContext) -> HTML {
        let late = matter.state.evidence.unexamined
        guard !late.isEmpty, matter.state.judgment.signed == nil, matter.may(.setWindow) else { return .empty }
        let voice = fields.voice
        let names = voice.list(late.map { voice("证据\($0.ordinal)", "exhibit \($0.ordinal)") })
        return """
            <h2>\(voice("再次组织证据交换", "Open the exchange again"))</h2>
            <p>\(voice(
                "证据交换结束后又提交了证据，对方尚未发表意见：\(names)。只就这些证据再次交换。",
                "Evidence came after the exchange had closed, and the other side could not speak to it: \(names). The exchange opens again for it alone.")) \(ArticleLink(.lateEvidence).html(voice))</p>
            \(reasons(for: late, matter, voice))\(windowForm(matter, fields, context))
            """
    }

    /// Why they came late, as whoever offered them said.
    private func reasons(for late: [EvidenceState.Exhibit], _ matter: OpenCase, _ voice: Voice) -> HTML {
        let said = late.compactMap { exhibit in exhibit.reasonForDelay.map { (exhibit, $0) } }
        guard !said.isEmpty else { return .empty }
        return
            "<ul>\(said.map { "<li>\(voice("证据\($0.ordinal)", "Exhibit \($0.ordinal)"))\(voice("：", ": "))\(said: $1)</li>" as HTML })</ul>"
    }

    /// A party gives up what is left of the window.
    private func ending(_ matter: OpenCase, _ context: CourtContext) -> HTML {
        guard let place = matter.place, let exchange = matter.state.evidence.exchange, matter.may(.opine),
            matter.state.evidence.isExchangeOpen(today: matter.today)
        else { return .empty }
        let voice = context.voice
        guard !exchange.endAgreed.contains(place.party) else {
            return Notice(
                .information,
                "<p>\(voice("您已同意提前结束证据交换。对方也同意，或者已对每件证据发表意见后，法官可以结束。", "You agreed to end the exchange early. Once the other side agrees too, or has spoken on every exhibit, the judge may close it."))</p>"
            ).html(voice)
        }
        return Disclosure(
            Words("没有更多意见，同意提前结束", "Nothing more to say: end it early"),
            """
            <p>\(voice(
                "同意后，对您尚未发表意见的证据，不再等待您的意见；对方又提交新证据的，您的同意即失效。不同意则照原定期限进行。",
                "If you agree, nobody waits any longer for your opinion on exhibits you have not spoken on. New evidence of the other side voids it. If you do nothing, the window runs to its last day.")) \(ArticleLink(.asynchronousSteps).html(voice))</p>
            \(Button.step(Words("同意提前结束证据交换", "Agree to end the exchange early"), context, action: "/cases/\(matter.docket)/exchange/end", rank: .quiet))
            """
        ).html(voice)
    }

    private func consent(of party: PartyID, _ matter: OpenCase, _ voice: Voice) -> HTML {
        let participation = matter.state.participation
        if participation.offline[party] != nil { return "<strong>\(voice("线下参加", "Takes part in person"))</strong>" }
        guard let answer = participation.consents[party]?[.evidenceExchange] else {
            return "<strong>\(voice("尚未答复", "No answer yet"))</strong>"
        }
        return """
            <strong>\(answer.agreed ? voice("同意在线交换", "Agreed to online") : voice("不同意在线交换", "Declined online"))</strong> \
            <span class="meta">\(voice.happened(answer.at))</span>
            """
    }

    private func closing(_ matter: OpenCase, _ context: CourtContext) -> HTML {
        guard let exchange = matter.state.evidence.exchange, exchange.closed == nil else { return .empty }
        let voice = context.voice
        return """
            <h2>\(voice("结束证据交换", "Close the exchange"))</h2>
            <p>\(voice("双方对每件证据都已发表意见、同意提前结束，或者期限届满后，可以结束。", "It can be closed when both have spoken on every exhibit or agreed to the end, or when the window is over."))</p>
            \(Button.step(Words("结束证据交换", "Close the exchange"), context, action: "/cases/\(matter.docket)/exchange/close"))
            """
    }

    // MARK: Exhibit by exhibit

    private func progress(_ matter: OpenCase, _ voice: Voice) -> HTML {
        let exhibits = matter.state.evidence.exhibits
        if let place = matter.place {
            let others = exhibits.filter { $0.by != place.party }
            let spoken = others.filter { $0.opinions[place.party] != nil }.count
            let next = others.first { $0.opinions[place.party] == nil }
            let mayOpine = matter.state.evidence.isExchangeOpen(today: matter.today) && matter.may(.opine)
            let button: HTML? =
                mayOpine
                ? next.map {
                    Button.row(
                        Button.link(
                            Words("对证据\($0.ordinal)发表意见", "Give your opinion on exhibit \($0.ordinal)"), voice,
                            to: "/cases/\(matter.docket)/exhibits/\($0.offered.exhibit)"))
                } : nil
            return """
                <p>\(voice("您已对对方的 \(others.count) 件证据中的 \(spoken) 件发表意见。", "You have spoken on \(spoken) of \(others.count) exhibits of the other side."))</p>\
                <progress max="\(max(1, others.count))" value="\(others.isEmpty ? 1 : spoken)" aria-label="\(voice("质证进度", "Progress"))"></progress>\(button)
                """
        }
        let found = exhibits.filter { $0.finding != nil }.count
        return """
            <p>\(voice("\(exhibits.count) 件证据中，已认定 \(found) 件。", "Findings made on \(found) of \(exhibits.count) exhibits."))</p>
            """
    }

    private func list(_ matter: OpenCase, _ voice: Voice) -> HTML {
        """
        <div class="scroll" role="region" tabindex="0" aria-label="\(voice("证据一览", "All exhibits"))">
        <table class="\(matter.isJudge ? "dense" : "plain")"><caption>\(voice("证据一览", "All exhibits"))</caption>
        <thead><tr><th scope="col">\(voice("证据", "Exhibit"))</th><th scope="col">\(voice("提交人", "By"))</th>\
        <th scope="col">\(voice("状态", "State"))</th></tr></thead><tbody>\(matter.state.evidence.exhibits.map { exhibit in
            let pieces = ExhibitPieces(exhibit: exhibit, matter: matter, voice: voice)
            return """
                <tr data-row><th scope="row"><a data-open href="\(pieces.path)">\(said: pieces.title)</a></th>\
                <td>\(voice(matter.role(exhibit.by)))</td><td>\(pieces.standing)</td></tr>

                """ as HTML
        })</tbody></table></div>
        """
    }
}
