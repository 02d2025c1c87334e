import Documents
import Procedure

/// The notice that opens a hearing in writing (庭审通知书): when, how, rights and duties, in plain words.
///
/// - Source: Civil Procedure Law arts. 47–50, 52, 140; Online Litigation Rules arts. 20, 22, 25, 27, 34.
struct HearingNotice: Sendable {
    let court: CourtProfile
    let state: CaseState
    let until: CourtDay
    let day: CourtDay

    var document: LegalDocument {
        let people = state.parties.places.map { "\($0.role.name.zh)\($0.details.name)" }.joined(separator: "、")
        let number = state.filing.docketed?.number.rawValue
        return LegalDocument(
            title: DocumentKind.hearingNotice.name.zh, court: court.name.zh, caseNumber: number, textSize: .compact,
            blocks: [
                .paragraph(text: "\(people)：", indent: .none),
                .paragraph(
                    text: "本院决定本案以非同步方式在线开庭审理，由审判员\(state.judgeName)独任审理。各方不必同时在线，在每一阶段的期限内分别登录、用文字陈述即可。现将有关事项通知如下："),
                .heading(level: 1, text: "时间与方式"),
                .fields([
                    .init("第一阶段", "\(HearingPhase.preparation.name.zh)，至\(until.inChinese)止"),
                    .init("以后各阶段", "由审判员依次开启，并在庭审页面写明最后一日"),
                    .init("地点", "登录本院在线诉讼平台，打开本案“庭审”页面"),
                ]),
                .paragraph(text: "庭审依次经过四个阶段，一个也不省略："),
                .list(
                    marker: .arabic,
                    items: [
                        "庭前准备：阅读本通知，核对参加人，可以申请回避。",
                        "法庭调查：对事实和证据陈述意见，回答法庭的提问。",
                        "法庭辩论：对怎样认定事实、怎样适用法律发表意见。",
                        "最后陈述：各方最后说一次自己的意见。",
                    ]),
                .heading(level: 1, text: "你的权利"),
                .list(
                    marker: .chinese,
                    items: [
                        "申请回避：审判员是本案当事人或者其近亲属，与本案有利害关系，或者有其他关系可能影响公正审理的，你可以申请其回避，说明理由即可。庭审开始后才知道的，可以在法庭辩论终结前提出。由院长决定；决定前庭审暂停。",
                        "提出证据、发表质证意见、陈述和辩论，可以委托诉讼代理人。",
                        "查阅、复制本案材料；阅读庭审笔录，认为有遗漏或者差错的，申请补正。",
                    ]),
                .heading(level: 1, text: "你的义务"),
                .list(
                    marker: .chinese,
                    items: [
                        "如实陈述，依法行使诉讼权利，遵守诉讼秩序。",
                        "由本人登录；登录即视为本人所为。每次发言前须在一小时内重新验证过身份。",
                        "在期限内发言、回答。无正当理由逾期的，庭审照常进行；因网络故障、设备损坏、停电等不能按时的，请尽快联系本院。",
                        "未经本院许可，不得录制、截取、传播庭审的内容。",
                        "遵守法庭纪律，不侮辱、威胁他人。故意扰乱在线诉讼秩序的，依法处理。",
                    ]),
                .heading(level: 1, text: "为何可以这样开庭"),
                .list(marker: .arabic, items: state.writingGates.map { "\($0.gate.name.zh)。\($0.reason.zh)" }),
                .paragraph(text: "联系电话：\(court.telephone)；地址：\(court.address.zh)。"),
                .note(
                    text:
                        "依据：《民事诉讼法》第四十七条至第五十条、第五十二条、第一百四十条；《人民法院在线诉讼规则》第七条、第二十条、第二十二条、第二十五条、第二十七条。"),
                .signature(.init(lines: [court.name.zh], date: day)),
            ])
    }
}
