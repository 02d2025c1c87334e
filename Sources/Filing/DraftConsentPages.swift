import Hummingbird
import Procedure
import Web

/// Consent to each stage, and the address for service: read first, nothing preselected, no as easy as yes.
extension FilingArea {
    @Sendable func consentsPage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let notice = notices.onlineStages
        let before = Form(
            pairs: hand.content.consents.map { ("consent.\($0.stage.rawValue)", $0.agreed ? "yes" : "no") })
        let fields = Fields(typed.over(before), voice)
        let questions = DraftContent.stages.map { stage in
            fields.radios(
                "consent.\(stage.rawValue)",
                Words("\(stage.name.zh)是否在线进行？", "May the \(stage.name.en.lowercased()) be online?"),
                [
                    .init("yes", Words("同意在线进行", "Yes, online")),
                    .init(
                        "no", Words("不同意，到法院进行", "No, at the court"),
                        hint: Words("不影响任何诉讼权利。", "It costs you no right.")),
                ])
        }
        return Page(
            voice("是否在线进行", "What may be online"), breadcrumbs: breadcrumbs(hand), hasErrors: fields.typed.hasErrors,
            """
            \(fields.summary)<h1>\(voice("哪些环节可以在线进行", "What may be online"))</h1>
            <p class="lead">\(voice("在线立案是您自己的选择。下面两个环节，请分别答复。", "Filing online is your own choice. Please answer for the two stages below, one by one."))</p>
            \(notice.html(voice))
            \(PostForm("\(fields.hidden("notice", notice.shown(in: context.language).digest.rawValue))\(questions)\(Button.row(Button.send(Words("保存我的答复", "Save my answers"), voice)))").html(context))
            """)
    }

    @Sendable func addressPage(_ request: Request, context: CourtContext, typed: Typed) async throws -> Page {
        let hand = try await draft(context.id("docket"), of: context.person())
        let voice = context.voice
        let notice = notices.electronicService
        // Asked once: the address given as the plaintiff's own stands here until another is typed.
        var before = Form(["postal": hand.content.address?.postal ?? hand.answers["plaintiff.address"] ?? ""])
        if let address = hand.content.address { before = before.setting("service", to: address.agreed ? "yes" : "no") }
        let fields = Fields(typed.over(before), voice)
        let body: HTML = """
            \(fields.hidden("notice", notice.shown(in: context.language).digest.rawValue))\
            \(fields.radios("service", Words("法院能否把文书送达到您的账号？", "May the court serve documents to your account?"), [
                .init("yes", Words("同意电子送达到我的账号", "Yes, to my account")),
                .init("no", Words("不同意，请邮寄", "No, by post"), hint: Words("不影响任何诉讼权利。", "It costs you no right.")),
            ]))\
            \(fields.text("postal", Words("邮寄地址", "Postal address"), hint: Words("用于不能电子送达的文书。", "For what cannot be served electronically."), autocomplete: "street-address", max: 200))\
            \(Button.row(Button.send(Words("确认", "Confirm"), voice)))
            """
        return Page(
            voice("文书怎样送达您", "How documents reach you"), breadcrumbs: breadcrumbs(hand),
            hasErrors: fields.typed.hasErrors,
            """
            \(fields.summary)<h1>\(voice("文书怎样送达您", "How documents reach you"))</h1>
            \(notice.html(voice))\(PostForm(body).html(context))
            """)
    }
}
