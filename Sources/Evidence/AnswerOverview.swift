import Accounts
import Hummingbird
import Procedure
import Proofs
import Web

/// The first page of the answer: what is to be done, or what was sent and what comes next.
extension EvidenceArea {
    func answerPage(_ context: CourtContext) async throws -> Page {
        let matter = try await openCase(context)
        if matter.state.evidence.answer != nil { return try await sentPage(context, matter) }
        guard matter.place?.role == .defendant, matter.may(.submitAnswer) else { return waitingPage(context, matter) }
        let answer = try await answerInHand(context)
        let voice = context.voice
        let title = voice("答辩状", "Your answer")
        let tasks = answer.steps.map { step in
            TaskList.Task(step.title, path: answer.path("steps/\(step.id)"), state: Self.standing(step, answer))
        }
        let described = answer.exhibits.allSatisfy(\.words.isComplete)
        let hint: HTML? =
            answer.exhibits.isEmpty
            ? nil : "\(voice("已准备\(answer.exhibits.count)件", "\(answer.exhibits.count) made ready"))"
        let evidence = TaskList.Task(
            Words("证据（选填）", "Evidence (optional)"), hint: hint,
            path: "/cases/\(matter.docket)/evidence/\(answer.exhibits.isEmpty ? "add" : "tray")",
            state: answer.exhibits.isEmpty ? .notStarted : described ? .done : .inProgress)
        let check = TaskList.Task(
            Words("核对、签名、提交", "Check, sign and send"), path: answer.path("check"),
            state: answer.errors.isEmpty && described ? .notStarted : .blocked)
        return Page(
            title, breadcrumbs: [matter.crumb],
            """
            <h1>\(title)</h1><p>\(voice(answer.form.lead))</p>
            \(matter.answerPeriod(of: answer.place.party)?.html(voice))
            \(TaskList(tasks + [evidence, check]).html(voice))
            <p>\(voice(
                "填写的内容自动保存，换一台设备也能继续。逾期提交或者不提交答辩状，不影响您参加庭审和陈述意见的权利。",
                "What you type is saved as you type and waits for you on any device. A late answer, or none, takes away no right to take part in the hearing and be heard.")) \(ArticleLink(.serveComplaintAndAnswer).html(voice))</p>
            \(Disclosure(Words("不方便在线填写？", "Cannot do this online?"), "<p>\(voice("可以书写答辩状寄到或交到本院，也可以请工作人员协助。", "Write it on paper and post it or hand it in, or ask the court's staff to help."))<br>\(voice(registry.court.address))　\(registry.court.telephone)</p>").html(voice))
            """)
    }

    private static func standing(_ step: FormDefinition.Step, _ answer: AnswerInHand) -> TaskList.State {
        if answer.form.isDone(step, in: answer.draft.answers, setting: answer.setting) { return .done }
        return answer.form.isBegun(step, in: answer.draft.answers, setting: answer.setting) ? .inProgress : .notStarted
    }

    /// For the other side and the court, until there is one.
    private func waitingPage(_ context: CourtContext, _ matter: OpenCase) -> Page {
        let voice = context.voice
        let title = voice("答辩状", "The answer")
        let chip = matter.state.parties.defendant.flatMap { matter.answerPeriod(of: $0.party) }?.html(voice)
        return Page(
            title, breadcrumbs: [matter.crumb],
            """
            <h1>\(title)</h1><p>\(voice("被告尚未提交答辩状。", "The defendant has not sent an answer yet."))</p>\(chip)
            <p>\(voice(
                "期限届满后没有答辩状，案件照常继续。", "When the period ends without one, the case goes on all the same.")) \(ArticleLink(.serveComplaintAndAnswer).html(voice))</p>
            """)
    }

    private func sentPage(_ context: CourtContext, _ matter: OpenCase) async throws -> Page {
        let voice = context.voice
        guard let body = matter.state.evidence.answer else { throw NotFound() }
        let claims = matter.state.filing.complaint?.claims ?? []
        let title = voice("答辩状", "The answer")
        let responses = body.responses.map { response in
            Facts.Fact(
                Words(claimText(response.claim, claims), claimText(response.claim, claims)), said(response, voice))
        }
        let facts = body.facts.split(separator: "\n").map { "<p>\(said: String($0))</p>" as HTML }
        let links = body.document.files.map { file in
            DocumentLink(
                file.name, path: "/files/\(matter.docket)/\(file.file)", bytes: file.bytes,
                kind: MediaName.of(file.mediaType)
            ).html(voice)
        }
        return Page(
            title, breadcrumbs: [matter.crumb],
            """
            <h1>\(title)</h1>\(try await receipt(matter, voice))
            <p>\(voice("提交时间：", "Sent: "))\(matter.state.evidence.answeredAt.map(voice.happened))</p>
            <p>\(links.joined(separator: " "))</p>
            <h2>\(voice("对诉讼请求的意见", "The defendant's view of each claim"))</h2>\(Facts(responses).html(voice))
            <h2>\(voice("事实和理由", "Facts and reasons"))</h2>\(Inset("\(facts)").html)
            \(body.reasonForDelay.map { "<h2>\(voice("逾期举证的理由", "Why the evidence came late"))</h2>\(Inset("<p>\(said: $0)</p>").html)" })
            \(NextSteps(matter).html(voice))
            """)
    }

    /// What the person who sent it keeps: whoever holds it can prove the submission even against the court.
    private func receipt(_ matter: OpenCase, _ voice: Voice) async throws -> HTML {
        guard matter.place?.role == .defendant, let (signed, _) = try await signedAnswer(of: matter.docket) else {
            return .empty
        }
        let intact = AnswerSigner.verifies(signed)
        let facts = Facts([
            .init(Words("记录编号", "Entry"), "<code>\(signed.entry)</code>"),
            .init(Words("时间", "Time"), Instant(rawValue: signed.time).map(voice.timeElement) ?? "\(signed.time)"),
            .init(Words("您签名的文件", "The document you signed"), "<code class=\"digest\">\(signed.document)</code>"),
            .init(Words("法院的签名", "The court's signature"), "<code class=\"digest\">\(signed.signature)</code>"),
            .init(
                Words("核验", "Check"),
                intact ? "\(voice("签名有效", "The signature is valid"))" : "\(voice("签名无效", "The signature is NOT valid"))"
            ),
        ]).html(voice)
        return Notice(
            .success, title: Words("法院已收到您的答辩状", "The court has received your answer"),
            """
            <p>\(voice(
                "这是法院签名的回执，请下载保存。即使法院否认收到，您也可以用它证明。",
                "This is the court's signed receipt: download and keep it. It proves the submission even if the court should deny it."))</p>
            \(facts)\(Button.link(Words("下载回执", "Download the receipt"), voice, to: "/cases/\(matter.docket)/answer/receipt.json", rank: .quiet))
            """
        ).html(voice)
    }

    private func claimText(_ id: ClaimID, _ claims: [Claim]) -> String { claims.first { $0.claim == id }?.text ?? "" }

    private func said(_ response: ClaimResponse, _ voice: Voice) -> HTML {
        let stand =
            switch response.stand {
            case .admitted: voice("同意", "Agreed")
            case .partlyAdmitted: voice("部分同意", "Agreed in part")
            case .disputed: voice("不同意", "Not agreed")
            }
        return """
            <strong>\(stand)</strong>\(response.admitted.map { " \(voice.money($0))" as HTML })\
            \(response.reason.isEmpty ? nil : "<br>\(said: response.reason)")
            """
    }
}

/// What happens next in the case, who owes it and by when.
struct NextSteps: Sendable {
    let matter: OpenCase

    init(_ matter: OpenCase) { self.matter = matter }

    func html(_ voice: Voice) -> HTML {
        let duties = matter.state.duties(in: matter.context)
        guard !duties.isEmpty else { return .empty }
        return """
            <h2>\(voice("下一步", "What happens next"))</h2><ul>\(duties.map { duty in
                "<li>\(line(duty, voice))</li>" as HTML
            })</ul>
            """
    }

    private func line(_ duty: Duty, _ voice: Voice) -> HTML {
        let (owner, isMine) = owner(duty)
        let what = voice(StepLink.words(duty.step))
        let due: HTML? = duty.due.map { "，\(voice("最后一日：", "by "))\(voice.dayElement($0))" }
        let words: HTML = isMine ? "<a href=\"\(StepLink.path(duty.step, matter.docket))\">\(what)</a>" : "\(what)"
        return "\(voice(owner))\(voice("：", ": "))\(words)\(due)"
    }

    private func owner(_ duty: Duty) -> (Words, Bool) {
        switch duty.owner {
        case .party(let party):
            let isMine = matter.place?.party == party
            return (isMine ? Words("您", "You") : matter.role(party), isMine)
        case .judge(let judge): return (Words("承办法官", "The judge"), judge == matter.viewer.account)
        case .anyJudge: return (Words("法官", "A judge"), matter.viewer.offices.contains(.judge))
        case .president: return (Words("院长", "The court's president"), false)
        case .clerk, .filingClerk: return (Words("法院工作人员", "The court's staff"), false)
        }
    }
}
