import Documents
import Procedure

/// The letter that tells a party of the case and asks whether to take part online (在线诉讼通知书).
///
/// In Chinese, the authoritative language; plain words. The code is on a sheet of its own (`CodeSheet`).
///
/// - Source: Online Litigation Rules arts. 4, 10.
struct InvitationLetter: Sendable {
    let court: CourtProfile
    let number: String
    let plaintiff: PartyPlace
    let defendant: PartyPlace
    let cause: String
    let answerBy: CourtDay
    let today: CourtDay
    /// Where the code is typed, such as `https://court.example/link`.
    let address: String
    let notice: [String]

    private let voice = ChineseDays()

    var document: LegalDocument {
        LegalDocument(
            title: DocumentKind.participationNotice.name.zh, court: court.name.zh, caseNumber: number,
            textSize: .compact, blocks: opening + ways + facts + closing)
    }

    private var opening: [LegalDocument.Block] {
        [
            .paragraph(text: "\(defendant.details.name)：", indent: .none),
            .paragraph(text: "\(plaintiff.details.name)起诉您\(cause)一案，本院已经立案，案号\(number)。现通知您，并询问您是否同意在线参加诉讼。"),
            .paragraph(text: "请您在\(voice.day(answerBy))前答复。在线参加或者线下参加，由您自己选择；选择线下不影响您的任何诉讼权利。"),
        ]
    }

    private var ways: [LegalDocument.Block] {
        [
            .heading(level: 1, text: "如果您同意在线参加"),
            .list(
                marker: .arabic,
                items: [
                    "用手机或电脑打开 \(address) 。",
                    "输入所附代码页上的代码，核对案件信息。",
                    "登录或注册并完成实名认证，然后关联案件。请在收到本通知之日起三日内完成；晚于三日仍可关联。",
                    "对每一个诉讼环节分别答复是否同意在线进行，并确认送达地址。",
                ]),
            .heading(level: 1, text: "如果您选择线下参加"),
            .paragraph(
                text: "您不需要在网上做任何操作。请在上述日期前来本院或者致电说明，本院将在线下为您办理。您既未明确同意在线参加，又未在上述日期前"
                    + "完成注册、登录的，您的诉讼环节转为线下办理。"),
        ]
    }

    private var facts: [LegalDocument.Block] {
        [
            .heading(level: 1, text: "关于在线诉讼的告知"),
            .list(marker: .arabic, items: notice),
            .fields([
                .init("本院地址", court.address.zh), .init("联系电话", court.telephone),
                .init("窗口时间", court.counterHours.zh), .init("查询地址", address),
            ]),
        ]
    }

    private var closing: [LegalDocument.Block] {
        [
            .note(text: "本通知依据《人民法院在线诉讼规则》第四条、第十条作出。如对本通知的真实性有疑问，请拨打本院公开电话核实。"),
            .signature(.init(lines: [court.name.zh], date: today)),
        ]
    }
}

/// The sheet with the one-time code that goes into the same envelope; printed, never filed.
struct CodeSheet: Sendable {
    let court: CourtProfile
    let number: String
    let recipient: PartyPlace
    /// Where the letter goes.
    let postal: String
    let code: String
    let address: String

    var document: LegalDocument {
        LegalDocument(
            title: "案件关联代码", court: court.name.zh, caseNumber: number, textSize: .official,
            blocks: [
                .fields([.init("收件人", recipient.details.name), .init("邮寄地址", postal)]),
                .paragraph(text: "代码：", indent: .none),
                .heading(level: 1, text: code.uppercased()),
                .paragraph(text: "请在 \(address) 输入。大小写和横线不影响；数字0与字母O、数字1与字母I、L视为相同。"),
                .paragraph(text: "代码只能使用一次，只供收件人本人使用。请勿告诉他人；本院工作人员不会向您索要代码。"),
                .note(text: "本页不归入案卷。遗失的，请致电 \(court.telephone) 。"),
            ])
    }
}

/// Days as documents write them.
struct ChineseDays: Sendable {
    func day(_ day: CourtDay) -> String {
        let (year, month, date) = day.components
        return "\(year)年\(month)月\(date)日"
    }
}
