import Procedure

/// Where each step is done, and what its button says. Areas own the pages; this table is what links to them.
package enum StepLink {
    package static func path(_ step: Duty.Step, _ docket: DocketID) -> String {
        let template =
            switch step {
            case .reviewFiling, .returnPapers: "/desk/filing/:docket"
            case .ruleOnInsistence: "/desk/filing/:docket/ruling"
            case .correctComplaint: "/drafts/:docket"
            case .payFee: "/cases/:docket/fee"
            case .lookAtPayment: "/desk/filing/:docket/payments"
            case .refundPayment: "/desk/filing/:docket/payments"
            case .redrawJudge: "/desk/filing/:docket/bench"
            case .ruleUnpaid: "/cases/:docket/judgment/unpaid"
            case .inviteDefendant, .postInvitation, .moveOffline, .handleOffline, .serveComplaint, .serveJudgment,
                .serveDocketingNotices, .servePapers:
                "/desk/service/:docket"
            case .linkCase: "/link"
            case .answerConsents: "/cases/:docket/consents"
            case .confirmAddress: "/cases/:docket/address"
            case .answer: "/cases/:docket/answer"
            case .openExchange, .giveOpinions, .closeExchange, .findExhibits: "/cases/:docket/exchange"
            case .agreeOnWriting, .openHearing, .answerQuestions, .speak, .leadHearing, .decideRecusal:
                "/cases/:docket/hearing"
            case .drawTranscript, .confirmTranscript: "/cases/:docket/transcript"
            case .signJudgment: "/cases/:docket/judgment"
            case .archive: "/cases/:docket/archive"
            }
        return template.replacing(":docket", with: docket.rawValue)
    }

    /// What is to be done, as its button says it.
    package static func words(_ step: Duty.Step) -> Words {
        switch step {
        case .reviewFiling: Words("审查起诉材料", "Review the filing")
        case .correctComplaint: Words("补正起诉材料", "Correct the complaint")
        case .returnPapers: Words("退回起诉材料", "Return the papers")
        case .ruleOnInsistence: Words("对坚持起诉作出裁定", "Rule on the filing")
        case .payFee: Words("交纳诉讼费", "Pay the court fee")
        case .ruleUnpaid: Words("处理未交费案件", "Rule on the unpaid fee")
        case .lookAtPayment: Words("核对缴费", "Look at the payment")
        case .refundPayment: Words("退还多收款项", "Send money back")
        case .serveDocketingNotices: Words("送达立案通知", "Serve the notices of docketing")
        case .servePapers: Words("送达文书", "Serve the court's papers")
        case .inviteDefendant: Words("通知被告", "Notify the defendant")
        case .postInvitation: Words("寄出通知书", "Post the notice")
        case .linkCase: Words("验证身份并关联案件", "Verify identity and link the case")
        case .moveOffline: Words("转为线下办理", "Move offline")
        case .handleOffline: Words("线下办理", "Handle offline")
        case .answerConsents: Words("答复是否在线办理", "Say which steps may be online")
        case .confirmAddress: Words("确认送达地址", "Confirm the address for service")
        case .serveComplaint: Words("送达起诉状", "Serve the complaint")
        case .answer: Words("提交答辩状", "Answer the complaint")
        case .openExchange: Words("组织证据交换", "Open the evidence exchange")
        case .giveOpinions: Words("发表质证意见", "Give opinions on the evidence")
        case .closeExchange: Words("结束证据交换", "Close the evidence exchange")
        case .findExhibits: Words("认定证据", "Make findings on the evidence")
        case .agreeOnWriting: Words("选择庭审方式", "Choose how the hearing is held")
        case .openHearing: Words("开始庭审", "Open the hearing")
        case .answerQuestions: Words("回答法庭提问", "Answer the court's questions")
        case .speak: Words("发表意见", "Make a statement")
        case .leadHearing: Words("主持庭审", "Lead the hearing")
        case .decideRecusal: Words("决定回避申请", "Decide on the recusal")
        case .redrawJudge: Words("另行确定承办法官", "Draw another judge")
        case .drawTranscript: Words("制作笔录", "Draw the transcript")
        case .confirmTranscript: Words("确认笔录", "Confirm the transcript")
        case .signJudgment: Words("作出判决", "Give judgment")
        case .serveJudgment: Words("送达判决书", "Serve the judgment")
        case .archive: Words("归档", "Archive the case")
        }
    }
}
