import Accounts
import Procedure
import Web

/// The hearing as everyone in the case sees it: what stands, what was said, and the step that is theirs now.
struct HearingPage: Sendable {
    let area: HearingArea

    func draw(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let matter = try await area.open(context)
        let voice = context.voice
        let forms = HearingForms(matter: matter, context: context, typed: typed)
        let body =
            matter.hearing.opened == nil
            ? before(matter, forms, voice)
            : during(matter, try await area.course(of: matter.docket), forms, voice)
        return Page(
            voice("庭审", "Hearing"), width: matter.viewer.isStaff ? .wide : .reading, breadcrumbs: matter.crumbs,
            following: matter.docket,
            """
            <h1>\(voice("庭审", "Hearing in writing"))</h1>
            \(Fields(typed, voice).summary)
            \(body)
            """)
    }

    // MARK: Before it opens

    private func before(_ matter: HeardCase, _ forms: HearingForms, _ voice: Voice) -> HTML {
        """
        <p>\(voice(
            "不必同时在线：法官定出期限，各方在期限内分别登录，用文字陈述和回答。须全部具备下列条件。",
            "Nobody has to be online at the same time: the judge sets a window, and each party states and answers in writing within it. All of these conditions must hold."
        )) \(ArticleLink(.asynchronousSteps).html(voice))</p>
        \(Region("standing", "\(turn(matter, voice))\(recusals(matter, voice))\(WritingGates(matter: matter).html(voice))").html)
        \(forms.beforeOpening)
        """
    }

    // MARK: Once it is open

    private func during(
        _ matter: HeardCase, _ course: HearingCourse, _ forms: HearingForms, _ voice: Voice
    ) -> HTML {
        """
        \(Region("standing", standing(matter, voice)).html)
        <h2>\(voice("庭审记录", "What was said"))</h2>
        \(Region("record", HearingRecord(matter: matter, course: course).html(voice)).html)
        \(forms.onceOpen)
        \(Disclosure(Words("权利、义务和法庭纪律", "Rights, duties and discipline"), rights(matter, voice)).html(voice))
        """
    }

    private func standing(_ matter: HeardCase, _ voice: Voice) -> HTML {
        let phases = HearingPhase.allCases
        let present = matter.hearing.phase.flatMap(phases.firstIndex(of:)) ?? 0
        let over = matter.hearing.closedAt != nil
        return """
            \(Phases(phases.map(\.name), current: over ? phases.count : present).html(voice))
            \(over ? closed(matter, voice) : window(matter, voice))
            \(turn(matter, voice))
            \(recusals(matter, voice))
            """
    }

    private func window(_ matter: HeardCase, _ voice: Voice) -> HTML? {
        guard let phase = matter.hearing.phase, let until = matter.hearing.phaseUntil else { return nil }
        var why = Explanation()
        why.add(
            "法官指定\(until.rawValue)为本阶段最后一日。", "The judge set \(until.rawValue) as the last day of this phase.",
            articles: [Article.asynchronousSteps.rawValue])
        why.add(
            "到当日24时止，各方可分别登录发言。期限届满或者全部问题都已回答后，法官进入下一阶段。",
            "Until midnight that day each party speaks at its own time. After it, or once every question is answered, the judge goes on to the next phase.",
            articles: [Article.wholeHearing.rawValue])
        return DeadlineChip(
            phase.name, owner: Words("各方", "every party"), began: nil, due: until, today: matter.law.today,
            explanation: why
        ).html(voice)
    }

    private func closed(_ matter: HeardCase, _ voice: Voice) -> HTML {
        let path = "/cases/\(matter.docket)/transcript"
        return Notice(
            .information, title: Words("庭审已经结束", "The hearing is over"),
            """
            <p>\(voice("接下来制作笔录，各方阅读并确认。", "Next comes the transcript, which everyone reads and confirms."))</p>
            <p><a href="\(path)">\(voice("庭审笔录", "Transcript of the hearing"))</a></p>
            """
        ).html(voice)
    }

    /// What is owed in the hearing just now, and by whom.
    private func turn(_ matter: HeardCase, _ voice: Voice) -> HTML? {
        let steps: Set<Duty.Step> = [
            .agreeOnWriting, .openHearing, .answerQuestions, .speak, .leadHearing, .decideRecusal, .redrawJudge,
        ]
        let duties = matter.state.duties(in: matter.law).filter { steps.contains($0.step) }
        guard !duties.isEmpty else { return nil }
        let items = duties.map { duty -> HTML in
            let (owner, mine) = owner(of: duty, matter)
            let why: HTML? =
                duty.why.lines.isEmpty
                ? nil : Disclosure(Words("为何是这一天", "Why this date"), ExplanationList(duty.why).html(voice)).html(voice)
            // The link draws the page again, with the form that live updates leave alone.
            let what: HTML =
                mine
                ? "<a href=\"\(StepLink.path(duty.step, matter.docket))\">\(voice(StepLink.words(duty.step)))</a>"
                : "\(voice(StepLink.words(duty.step)))"
            return """
                <li>\(mine ? "<strong>\(voice("轮到您", "Your turn"))</strong>" : "\(voice("等待", "Waiting for")) \(said: voice(owner))")\(voice("：", ": "))\
                \(what)\(duty.due.map { " · \(voice.dayElement($0))" as HTML })\(why)</li>

                """
        }
        return "<h2>\(voice("接下来", "What happens next"))</h2><ul>\(items)</ul>"
    }

    private func owner(of duty: Duty, _ matter: HeardCase) -> (Words, isViewer: Bool) {
        switch duty.owner {
        case .party(let party): (matter.speaker(party), matter.place?.party == party)
        case .judge(let judge): (Words("法官", "the judge"), matter.viewer.account == judge)
        case .anyJudge: (Words("法官", "a judge"), matter.viewer.offices.contains(.judge))
        case .president: (Words("院长", "the court president"), matter.viewer.offices.contains(.president))
        case .clerk, .filingClerk: (Words("书记员", "the clerk"), matter.viewer.offices.contains(.clerk))
        }
    }

    private func recusals(_ matter: HeardCase, _ voice: Voice) -> HTML? {
        guard !matter.hearing.recusals.isEmpty else { return nil }
        let items = matter.hearing.recusals.map { recusal -> HTML in
            let decision: HTML =
                if let upheld = recusal.upheld {
                    """
                    <p><strong>\(upheld ? voice("决定：准许回避。", "Decided: the judge steps aside.") : voice("决定：驳回申请。", "Decided: refused."))</strong></p>\
                    \(Paragraphs(recusal.decision ?? "").html)
                    """
                } else {
                    "<p>\(voice("院长决定前，法官暂停参与本案的工作。", "Until the court president has decided, the judge takes no part in the case.")) \(ArticleLink(.askingForRecusal).html(voice)) \(ArticleLink(.decidingRecusal).html(voice))</p>"
                }
            return """
                <li><p class="meta">\(said: voice(matter.speaker(recusal.by))) · \(voice.happened(recusal.asked))</p>\
                \(Paragraphs(recusal.reason).html)\(decision)</li>

                """
        }
        return "<h2>\(voice("回避申请", "Requests for recusal"))</h2><ul>\(items)</ul>"
    }

    private func rights(_ matter: HeardCase, _ voice: Voice) -> HTML {
        let notice: HTML? = matter.hearing.opened?.notice.files.first.map { file in
            "<p>\(DocumentLink(DocumentKind.hearingNotice.name.zh, path: "/files/\(matter.docket)/\(file.file)", bytes: file.bytes, kind: "PDF").html(voice))</p>"
        }
        return """
            <ul>
            <li>\(voice("您可以申请回避、举证、质证、陈述、辩论、作最后陈述。", "You may ask for recusal, offer evidence, comment on it, state facts, argue, and have the last word.")) \(ArticleLink(.wholeHearing).html(voice))</li>
            <li>\(voice("请如实陈述，在期限内发言。发言提交后记入卷宗，不能修改；可以再作补充。", "Tell the truth, and speak within the window. What is sent enters the docket and is not changed; you may add to it."))</li>
            <li>\(voice("发言前须验证身份，一小时内有效。", "Your identity is verified before you speak; that holds for an hour.")) \(ArticleLink(.realName).html(voice))</li>
            <li>\(voice("未经许可，不得录制、传播庭审内容。", "Nobody may record or spread the hearing without leave of the court.")) \(ArticleLink(.recordingBan).html(voice))</li>
            </ul>
            \(notice)
            """
    }
}

extension Article {
    /// Publicity, and the ban on recording (庭审公开与禁止录制).
    fileprivate static let recordingBan = Article(.onlineLitigation, 27)
}
