import Accounts
import Procedure
import Web

/// The transcript as it stands: its newest version to read, who confirmed it, until when, and what each may do.
struct TranscriptPage: Sendable {
    let area: HearingArea

    func draw(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let matter = try await area.open(context)
        let voice = context.voice
        var crumbs = matter.crumbs
        crumbs.append(Page.Link(Words("庭审", "Hearing"), path: "/cases/\(matter.docket)/hearing"))
        let body: HTML
        if let transcript = matter.hearing.transcript {
            let document = try await area.html(of: transcript.document)
            body = """
                \(Region("standing", standing(transcript, matter, voice)).html)
                \(Region("document", document).html)
                \(forms(transcript, matter, context, typed))
                """
        } else {
            let drawing = drawing(matter, context, typed)
            body = drawing ?? "\(Region("standing", none(matter, voice)).html)"
        }
        return Page(
            voice("庭审笔录", "Transcript"), breadcrumbs: crumbs,
            following: matter.docket,
            """
            <h1>\(voice("庭审笔录", "Transcript of the hearing"))</h1>
            \(Fields(typed, voice).summary)
            \(body)
            """)
    }

    private func none(_ matter: HeardCase, _ voice: Voice) -> HTML {
        let words =
            matter.hearing.closedAt == nil
            ? Words("庭审结束后制作笔录。", "The transcript is drawn when the hearing is over.")
            : Words("等待书记员制作笔录。", "Waiting for the clerk to draw the transcript.")
        return Notice(.information, "<p>\(voice(words))</p>").html(voice)
    }

    // MARK: How it stands

    private func standing(_ transcript: HearingState.Transcript, _ matter: HeardCase, _ voice: Voice) -> HTML {
        var facts = [
            Facts.Fact(Words("版本", "Version"), "\(transcript.version) · \(voice.happened(transcript.drafted))")
        ]
        if let pdf = transcript.document.files.first {
            facts.append(
                Facts.Fact(
                    Words("文书", "Document"),
                    DocumentLink(
                        DocumentKind.transcript.name.zh, path: "/files/\(matter.docket)/\(pdf.file)", bytes: pdf.bytes,
                        kind: "PDF"
                    ).html(voice)))
            facts.append(Facts.Fact(Words("文书摘要值", "Digest"), "<code>\(pdf.digest.hex)</code>"))
        }
        for place in matter.state.parties.places {
            facts.append(
                Facts.Fact(
                    matter.speaker(place.party), confirmed(transcript.confirmedBy[place.party], transcript, voice)))
        }
        facts.append(
            Facts.Fact(
                Words("审判员 \(matter.judgeName)", "Judge \(matter.judgeName)"),
                confirmed(transcript.confirmedByJudge, transcript, voice)))
        return """
            \(status(transcript, matter, voice))
            \(Facts(facts).html(voice))
            \(reading(transcript, matter, voice))
            \(corrections(transcript, matter, voice))
            """
    }

    private func confirmed(
        _ signature: Signature?, _ transcript: HearingState.Transcript, _ voice: Voice
    ) -> HTML {
        guard let signature else { return "\(voice("尚未确认", "Not confirmed yet"))" }
        return """
            <strong>\(voice("已确认第\(transcript.version)版", "Confirmed version \(transcript.version)"))</strong> · \(voice.timeElement(signature.at))
            """
    }

    /// Before everyone confirmed it, it is a draft and has not the effect of a written transcript.
    private func status(_ transcript: HearingState.Transcript, _ matter: HeardCase, _ voice: Voice) -> HTML {
        let everyone =
            transcript.confirmedByJudge != nil
            && matter.state.parties.places.allSatisfy { transcript.confirmedBy[$0.party] != nil }
        if everyone {
            return Notice(
                .success, title: Words("已由全体确认", "Confirmed by everyone"),
                "<p>\(voice("本版与书面笔录具有同等效力。", "This version equals a written transcript.")) \(ArticleLink(.electronicTranscript).html(voice))</p>"
            ).html(voice)
        }
        if matter.state.isTranscriptSettled(in: matter.law) {
            return Notice(
                .information, title: Words("阅读期限已过", "The time for reading is over"),
                "<p>\(voice("没有确认的当事人已有五日时间阅读。", "Those who did not confirm had five days to read it.")) \(ArticleLink(.readingTheRecord).html(voice))</p>"
            ).html(voice)
        }
        return Notice(
            .information, title: Words("草稿，尚未全部确认", "A draft, not confirmed by everyone"),
            "<p>\(voice("请通读，确认无误后确认；有遗漏或者差错的，申请补正。出了新版本，须对新版本重新确认。", "Read it through. Confirm it if it is right; ask for a correction if something is missing or wrong. A new version must be confirmed anew.")) \(ArticleLink(.electronicTranscript).html(voice))</p>"
        ).html(voice)
    }

    private func reading(_ transcript: HearingState.Transcript, _ matter: HeardCase, _ voice: Voice) -> HTML {
        let drafted = transcript.drafted.day(in: matter.law.court.zone)
        let limit = matter.law.limit(.transcriptReading, from: drafted)
        let isMet = matter.state.parties.places.allSatisfy { transcript.confirmedBy[$0.party] != nil }
        return DeadlineChip(
            Words("阅读和确认笔录", "Reading the transcript"), owner: Words("各方当事人", "the parties"), began: drafted,
            due: limit.lastDay, today: matter.law.today, isMet: isMet, isProvisional: limit.isProvisional,
            explanation: limit.explanation
        ).html(voice)
    }

    private func corrections(
        _ transcript: HearingState.Transcript, _ matter: HeardCase, _ voice: Voice
    ) -> HTML? {
        guard !transcript.objections.isEmpty else { return nil }
        let items = transcript.objections.map { objection -> HTML in
            "<li><p class=\"meta\">\(said: voice(matter.speaker(objection.party)))</p>\(Paragraphs(objection.text).html)</li>"
        }
        return "<h2>\(voice("申请补正", "Corrections asked for"))</h2><ul>\(items)</ul>"
    }

    // MARK: What each may do

    private func forms(
        _ transcript: HearingState.Transcript, _ matter: HeardCase, _ context: CourtContext, _ typed: Typed
    ) -> HTML {
        """
        \(confirmation(transcript, matter, context))
        \(correction(transcript, matter, context, typed))
        \(drawing(matter, context, typed))
        """
    }

    private func confirmation(
        _ transcript: HearingState.Transcript, _ matter: HeardCase, _ context: CourtContext
    ) -> HTML? {
        guard matter.may(.confirmTranscript), let digest = transcript.document.digest else { return nil }
        let open =
            matter.place.map { transcript.confirmedBy[$0.party] == nil }
            ?? (matter.isJudge && transcript.confirmedByJudge == nil)
        guard open else { return nil }
        let voice = context.voice
        let here = "/cases/\(matter.docket)/transcript"
        return """
            <section><h2>\(voice("确认笔录", "Confirm the transcript"))</h2>
            \(IdentityNotice(matter: matter, within: .seconds(300), place: here).html(context))
            <p>\(voice("您的签名只及于上面的第\(transcript.version)版。", "Your signature covers version \(transcript.version) above and no other.")) \(ArticleLink(.onlineSigning).html(voice))</p>
            \(PostForm(action: matter.path(.confirmation), """
                <input type="hidden" name="version" value="\(transcript.version)">\
                <input type="hidden" name="digest" value="\(digest.rawValue)">
                \(Button.row(Button.send(Words("签名确认第\(transcript.version)版", "Sign and confirm version \(transcript.version)"), voice)))
                """).html(context))</section>

            """
    }

    private func correction(
        _ transcript: HearingState.Transcript, _ matter: HeardCase, _ context: CourtContext, _ typed: Typed
    ) -> HTML? {
        guard matter.place != nil, matter.may(.answerQuestion) else { return nil }
        let voice = context.voice
        let fields = fields(.correction, context, typed)
        let body = PostForm(
            action: matter.path(.correction),
            """
            \(fields.hidden("version", String(transcript.version)))
            \(fields.longText("correction", Words("哪里有遗漏或者差错，应当怎样写", "What is missing or wrong, and how it should read"), max: 10_000))
            \(Button.row(Button.send(Words("申请补正", "Ask for the correction"), voice, rank: .quiet)))
            """
        ).html(context)
        let title = Words("笔录有遗漏或者差错", "Something is missing or wrong")
        // Shown open when what was typed there must be put right.
        return fields.typed.hasErrors
            ? "<section><h2>\(voice(title))</h2>\(body)</section>" : Disclosure(title, body).html(voice)
    }

    private func drawing(_ matter: HeardCase, _ context: CourtContext, _ typed: Typed) -> HTML? {
        guard matter.hearing.closedAt != nil, matter.may(.writeTranscript) else { return nil }
        let voice = context.voice
        let fields = fields(.version, context, typed)
        let seen = TranscriptSeen(matter.hearing)
        let outcomes = (matter.hearing.transcript?.objections ?? []).enumerated().map { index, objection -> HTML in
            """
            \(Inset("<p class=\"meta\">\(said: voice(matter.speaker(objection.party)))</p>\(Paragraphs(objection.text).html)").html)
            \(fields.longText("outcome-\(index)", Words("处理结果", "Outcome"), hint: Words("写明补正后的内容，或者不予补正的理由。将记入新版本。", "How it reads now, or why it stays. It goes into the new version."), rows: 3))
            """
        }
        let title =
            seen.version == 0
            ? Words("制作笔录", "Draw the transcript")
            : Words("制作第\(seen.version + 1)版", "Draw version \(seen.version + 1)")
        let warning: HTML? =
            seen.version == 0
            ? nil
            : "<p class=\"hint\">\(voice("新版本须由各方重新确认。", "A new version must be confirmed anew by everyone."))</p>"
        return """
            <section><h2>\(voice(title))</h2>
            <p>\(voice("笔录由卷宗生成：参加人、各阶段、提问和回答、发言，都带时间。", "It is drawn from the docket: who took part, the phases, questions and answers, statements, each with its time."))</p>
            \(warning)
            \(PostForm(action: matter.path(.version), """
                \(fields.hidden("version", String(seen.version)))\(fields.hidden("corrections", String(seen.corrections)))
                \(outcomes)
                \(Button.row(Button.send(title, voice, rank: seen.version == 0 ? .primary : .quiet)))
                """).html(context))</section>

            """
    }

    private func fields(_ step: TranscriptStep, _ context: CourtContext, _ typed: Typed) -> Fields {
        let isSent = context.route?.template.hasSuffix("/transcript/\(step.rawValue)") == true
        return Fields(isSent ? typed : .nothing, context.voice)
    }
}
