import Procedure

/// A form with one of each field.
enum SampleForm {
    private enum Way: String, CaseIterable {
        case online
        case offline
    }

    static func html(_ context: CourtContext, _ typed: Typed) -> HTML {
        let voice = context.voice
        let fields = Fields(typed, voice)
        return PostForm(
            """
            \(fields.text("name", Words("姓名", "Full name"), hint: Words("与身份证件一致。", "As on your identity document."), autocomplete: "name"))\
            \(fields.text("telephone", Words("手机号码", "Mobile number"), autocomplete: "tel", keyboard: .telephone, size: 16))\
            \(fields.day("bought", Words("购买日期", "Day of purchase")))\
            \(fields.money("price", Words("货款", "Price paid"), hint: Words("实际支付的金额。", "What you actually paid.")))\
            \(fields.select("platform", Words("交易平台", "Platform"), [
                .init("a", Words("甲平台", "Platform A")), .init("b", Words("乙平台", "Platform B")),
            ]))\
            \(fields.radios("way", Words("您希望怎样参加庭审？", "How do you want to take part in the hearing?"), [
                .init("online", Words("线上", "Online"), hint: Words("用手机或电脑参加。", "By phone or computer.")),
                .init("offline", Words("到法院", "At the court"), hint: Words("不影响任何诉讼权利。", "It costs you no right.")),
            ]))\
            \(fields.longText("facts", Words("事实与理由", "Facts and reasons"), hint: Words("发生了什么，您为什么认为对方应当负责。", "What happened, and why the other side should answer for it.")))\
            \(fields.checkbox("agree", Words("我已阅读并理解上述告知", "I have read and understood the notice above")))\
            \(fields.secret("code", Words("动态口令", "One-time code"), hint: Words("验证器应用显示的六位数字。", "The six digits your authenticator shows."), autocomplete: "one-time-code"))\
            \(Button.row(
                Button.send(Words("提交给法院", "Send to the court"), voice),
                Button.link(Words("保存，稍后继续", "Save and come back"), voice, to: "/style", rank: .quiet),
                Button.send(Words("放弃草稿", "Discard the draft"), voice, rank: .grave, name: "discard", value: "yes")))
            """
        ).html(context)
    }

    static func read(_ form: Form) throws {
        try form.read { reader in
            _ = reader.text("name", Words("姓名", "your name"), max: 100)
            _ = reader.text("telephone", Words("手机号码", "your mobile number"), max: 20)
            _ = reader.day("bought", Words("购买日期", "the day of purchase"))
            _ = reader.money("price", Words("货款", "the price"))
            _ = reader.choice("way", Words("参加方式", "how to take part"), as: Way.self)
            _ = reader.text("facts", Words("事实与理由", "the facts and reasons"), max: 5_000)
        }
    }
}
