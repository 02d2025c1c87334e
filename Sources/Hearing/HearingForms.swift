import Accounts
import Procedure
import Web

/// The forms of the hearing: each person sees those of their own steps, and only when they can be taken.
struct HearingForms: Sendable {
    let matter: HeardCase
    let context: CourtContext
    let typed: Typed

    private var voice: Voice { context.voice }

    /// What was typed belongs to the form that was sent; the others start from what is known.
    private func fields(_ step: HearingStep, known: KeyValuePairs<String, String> = [:]) -> Fields {
        let isSent = context.route?.template.hasSuffix("/hearing/\(step.rawValue)") == true
        return Fields((isSent ? typed : .nothing).over(Form(known)), voice)
    }

    private func form(_ step: HearingStep, _ title: Words, _ body: HTML) -> HTML {
        "<section><h2>\(voice(title))</h2>\(PostForm(action: matter.path(step), body).html(context))</section>\n"
    }

    private var suggestedEnd: String { matter.law.today.adding(days: 7).rawValue }

    private func window(_ fields: Fields) -> HTML {
        fields.day(
            "until", Words("本阶段最后一日", "Last day of this phase"),
            hint: Words("各方在这一天24时前分别发言。", "Each party speaks before midnight of this day."),
            earliest: matter.law.today.adding(days: 1))
    }

    // MARK: Before the hearing

    var beforeOpening: HTML {
        "\(joining)\(aboutTheJudge)"
    }

    private var joining: HTML {
        if let place = matter.place, matter.may(.answerConsent) {
            return matter.hearing.application == nil ? application : agreement(place)
        }
        let waits = matter.hearing.pendingRecusal != nil || matter.state.awaitsJudge
        if matter.isJudge, matter.may(.openHearing), !waits { return opening }
        return .empty
    }

    /// A party may ask for recusal once there is a judge, and need not wait for the hearing.
    private var aboutTheJudge: HTML? {
        if matter.state.awaitsJudge {
            return Notice(
                .information,
                "<p>\(voice(Refusal.recusalUpheld.reason)) \(voice(Refusal.judgeStepsAside.remedy))</p>"
            ).html(voice)
        }
        if let pending = matter.hearing.pendingRecusal {
            return matter.may(.decideRecusal) ? decision(pending) : nil
        }
        return matter.place != nil && matter.may(.askRecusal) ? recusal : nil
    }

    private var application: HTML {
        let fields = fields(.application)
        return form(
            .application, Words("申请各自分时参加", "Ask that each take part at its own time"),
            """
            \(fields.longText("difficulty", Words("为什么不能同时在线参加", "Why you cannot all be online together"),
                hint: Words("例如工作时间、时差、照护家人。对方会看到。", "Such as working hours, another time zone, care for family. The other side sees it."), max: 2_000))
            <p class="hint">\(voice("不申请也可以：由法官另定时间，各方同时开庭。", "You need not ask: the judge will then set a time at which all meet."))</p>
            \(Button.row(Button.send(Words("提交书面申请", "Send the application"), voice)))
            """)
    }

    private func agreement(_ place: PartyPlace) -> HTML {
        let answered: String? =
            matter.hearing.agreed.contains(place.party)
            ? Agreement.agree.rawValue : matter.hearing.refused[place.party] == nil ? nil : Agreement.meet.rawValue
        let fields = fields(
            .agreement,
            known: ["agreement": answered ?? "", "reason": matter.hearing.refused[place.party] ?? ""])
        let title =
            answered == nil
            ? Words("您是否同意各自分时参加", "Do you agree that each takes part at its own time")
            : Words("更改您的答复", "Change your answer")
        return form(
            .agreement, title,
            """
            \(fields.radios("agreement", Words("您的答复", "Your answer"),
                hint: Words("两种选择都不会影响案件结果。庭审开始前可以更改。", "Neither answer counts for or against you. You may change it until the hearing opens."), [
                .init(Agreement.agree.rawValue, Words("同意，各自分时用文字陈述", "I agree: each in writing, at its own time")),
                .init(Agreement.meet.rawValue, Words("不同意，希望同时开庭", "I would rather meet at the same time")),
            ]))
            \(fields.longText("reason", Words("理由", "Reason"), max: 2_000, rows: 2, isOptional: true))
            \(Button.row(Button.send(Words("提交答复", "Send the answer"), voice)))
            """)
    }

    private var opening: HTML {
        let gates = matter.state.writingGates
        guard gates.allSatisfy({ $0.verdict != .notMet }) else {
            return Notice(
                .information, title: Words("还不能开始", "It cannot open yet"),
                "<p>\(voice(Refusal.gatesNotMet.reason)) \(voice(Refusal.gatesNotMet.remedy))</p>"
            ).html(voice)
        }
        let fields = fields(.opening, known: ["until": suggestedEnd])
        let findings = gates.filter { $0.verdict == .judgeFinds }.map { gate in
            fields.longText(gate.gate.rawValue, gate.gate.name, hint: gate.reason, max: 2_000, rows: 3)
        }
        return form(
            .opening, Words("开始庭审", "Open the hearing"),
            """
            <p>\(voice("下列条件由您认定，请写明理由。", "You find these conditions; give your reasons."))</p>
            \(findings)
            \(window(fields))
            <p class="hint">\(voice("将生成盖章的《庭审通知书》，送达各方，并进入庭前准备阶段。", "A stamped notice of the hearing is drawn and served on the parties, and the preparation begins."))</p>
            \(Button.row(Button.send(Words("开始庭审", "Open the hearing"), voice)))
            """)
    }

    // MARK: Once it is open

    var onceOpen: HTML {
        guard matter.hearing.isOpen else { return .empty }
        if matter.state.awaitsJudge {
            let refusal = Refusal.judgeStepsAside
            return Notice(.warning, "<p>\(voice(refusal.reason)) \(voice(refusal.remedy))</p>").html(voice)
        }
        if let recusal = matter.hearing.pendingRecusal {
            return matter.may(.decideRecusal) ? decision(recusal) : .empty
        }
        if let place = matter.place, matter.may(.answerQuestion) { return party(place) }
        if matter.isJudge, matter.may(.askQuestion) { return judge }
        return .empty
    }

    private func party(_ place: PartyPlace) -> HTML {
        guard let phase = matter.hearing.phase else { return .empty }
        let asked = matter.hearing.questions.filter { $0.to == place.party && $0.answered == nil }
        return """
            \(IdentityNotice(matter: matter, within: HearingArea.identityHolds, place: "/cases/\(matter.docket)/hearing").html(context))
            \(asked.map(answer))
            \(statement(phase))
            \(phase == .preparation ? nil : end(phase, of: place))
            \(phase <= .debate && matter.may(.askRecusal) ? recusal : nil)
            """
    }

    private func answer(_ question: HearingState.Question) -> HTML {
        let fields = fields(.answers)
        return form(
            .answers, Words("回答法庭的提问", "Answer the court's question"),
            """
            \(Inset(Paragraphs(question.text).html).html)
            \(fields.hidden("question", question.question.rawValue))
            \(fields.longText("answer-\(question.question)", Words("您的回答", "Your answer"), max: 10_000))
            \(Button.row(Button.send(Words("提交回答", "Send the answer"), voice)))
            """)
    }

    private func statement(_ phase: HearingPhase) -> HTML {
        let fields = fields(.statements)
        return form(
            .statements, phase == .finalStatements ? Words("最后陈述", "Your last word") : Words("发言", "Make a statement"),
            """
            \(fields.longText("statement", Words("您的意见", "What you want to say"), hint: Self.about(phase), max: 20_000, rows: 6))
            \(Button.row(Button.send(Words("提交发言", "Send the statement"), voice)))
            """)
    }

    /// Giving up what is left of the window; the preparation holds nobody.
    private func end(_ phase: HearingPhase, of place: PartyPlace) -> HTML {
        guard !matter.hearing.endAgreed.contains(place.party) else {
            return Notice(
                .information,
                "<p>\(voice("您已同意提前结束\(phase.name.zh)。对方也同意或者已经发言后，法官可以进入下一步；此后又有发言或者提问的，您的同意失效。", "You agreed to end the \(phase.name.en.lowercased()) early. Once the other side agrees too, or has spoken, the judge may go on. Anything said or asked before then voids it."))</p>"
            ).html(voice)
        }
        return Disclosure(
            Words("没有更多要说的，同意提前结束本阶段", "Nothing more to say: end this phase early"),
            """
            <p>\(voice("同意后，不再等待您在本阶段发言。不同意则照原定期限进行，不影响您的任何权利。", "If you agree, nobody waits any longer for a statement of yours in this phase. If you do nothing, the window runs to its last day; it costs you no right.")) \(ArticleLink(.asynchronousSteps).html(voice))</p>
            \(PostForm(action: matter.path(.end), "\(fields(.end).hidden("phase", phase.rawValue))\(Button.row(Button.send(Words("同意提前结束\(phase.name.zh)", "Agree to end the \(phase.name.en.lowercased()) early"), voice, rank: .quiet)))").html(context))
            """
        ).html(voice)
    }

    private static func about(_ phase: HearingPhase) -> Words {
        switch phase {
        case .preparation: Words("可以核对参加人，提出程序上的意见。", "Say who takes part, and anything about the procedure.")
        case .investigation: Words("说明事实，以及哪件证据能够证明。", "Tell the facts, and which exhibit shows each.")
        case .debate: Words("说明为什么应当支持您，适用哪条法律。", "Say why you are right, and under which law.")
        case .finalStatements: Words("最后说一次您的意见。", "Say for the last time what you ask for.")
        }
    }

    private var recusal: HTML {
        let fields = fields(.recusal)
        let body: HTML = """
            <p>\(voice("承办法官：", "The judge of the case: "))\(said: matter.judgeName)</p>
            <p>\(voice("法官是当事人或者其近亲属，与本案有利害关系，或者有其他关系可能影响公正的，可以申请其回避，最迟在法庭辩论终结前提出。申请后法官暂停参与本案，由院长在三日内决定。", "If the judge is a party or close to one, has a stake in the case, or some other tie that may affect fairness, you may ask that another judge take it, at the latest before the debate ends. The judge then takes no part in the case until the court president has decided, within three days.")) \(ArticleLink(.askingForRecusal).html(voice))</p>
            \(PostForm(action: matter.path(.recusal), """
                \(fields.longText("recusal", Words("回避理由", "Your reasons"), max: 5_000))
                \(Button.row(Button.send(Words("申请回避", "Ask for recusal"), voice, rank: .grave)))
                """).html(context))
            """
        // Shown open when what was typed there must be put right.
        guard !fields.typed.hasErrors else {
            return "<section id=\"recusal\"><h2>\(voice("申请回避", "Ask for recusal"))</h2>\(body)</section>"
        }
        let closed = Disclosure(Words("申请回避", "Ask that the judge step aside"), body).html(voice)
        return "<div id=\"recusal\">\(closed)</div>"
    }

    private var judge: HTML {
        guard let phase = matter.hearing.phase else { return .empty }
        return """
            \(phase == .investigation ? question : nil)
            \(phase.next.map(nextPhase) ?? close)
            """
    }

    private var question: HTML {
        let fields = fields(.questions)
        let parties = matter.state.parties.places.map { Fields.Option($0.party.rawValue, matter.speaker($0.party)) }
        return form(
            .questions, Words("发问", "Put a question"),
            """
            \(fields.radios("to", Words("向谁发问", "To whom"), parties))
            \(fields.longText("question", Words("问题", "Question"), max: 2_000, rows: 3))
            \(Button.row(Button.send(Words("发问", "Put the question"), voice)))
            """)
    }

    private func nextPhase(_ next: HearingPhase) -> HTML {
        let fields = fields(.phases, known: ["until": suggestedEnd])
        return form(
            .phases, Words("进入\(next.name.zh)", "Go on to the \(next.name.en.lowercased())"),
            """
            \(fields.hidden("phase", next.rawValue))
            \(window(fields))
            \(Button.row(Button.send(Words("进入\(next.name.zh)", "Open the \(next.name.en.lowercased())"), voice, rank: .quiet)))
            """)
    }

    private var close: HTML {
        form(
            .close, Words("结束庭审", "Close the hearing"),
            """
            <p>\(voice("各方都作过最后陈述、同意提前结束，或者期限届满后，可以结束。结束后不再接收发言。", "Once everyone had the last word or agreed to the end, or the window has ended. After that nothing more is heard.")) \(ArticleLink(.wholeHearing).html(voice))</p>
            \(Button.row(Button.send(Words("宣布庭审结束", "Close the hearing"), voice, rank: .grave)))
            """)
    }

    private func decision(_ recusal: HearingState.Recusal) -> HTML {
        let fields = fields(.recusalDecision)
        return form(
            .recusalDecision, Words("决定回避申请", "Decide on the recusal"),
            """
            \(Inset(Paragraphs(recusal.reason).html).html)
            \(fields.radios("outcome", Words("决定", "Decision"), [
                .init(RecusalOutcome.upheld.rawValue, Words("准许，法官回避", "The judge steps aside")),
                .init(RecusalOutcome.rejected.rawValue, Words("驳回申请", "Refused")),
            ]))
            \(fields.longText("decision", Words("理由", "Reasons"), max: 5_000))
            \(Button.row(Button.send(Words("作出决定", "Make the decision"), voice)))
            """)
    }
}
