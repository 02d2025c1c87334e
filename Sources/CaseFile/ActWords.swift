import Procedure

/// What the timeline calls each act. One line per kind of act; a kind without words does not compile.
enum ActWords {
    static func words(_ act: Act) -> Words {
        switch act {
        case .filing(let act): words(act)
        case .fee(let act): words(act)
        case .participation(let act): words(act)
        case .service(let act): words(act)
        case .evidence(let act): words(act)
        case .hearing(let act): words(act)
        case .judgment(let act): words(act)
        case .closing(.closed): Words("结案", "Case closed")
        case .closing(.archived): Words("归档", "Case archived")
        case .record(.corrected): Words("更正记载", "Entry corrected")
        case .record(.struck): Words("撤销记载", "Entry struck")
        case .record(.restated): Words("重新告知期限", "New date told")
        case .person(let act): words(act)
        case .court(let act): words(act)
        }
    }

    private static func words(_ act: FilingAct) -> Words {
        switch act {
        case .submitted: Words("提交起诉状", "Complaint sent")
        case .correctionRequested: Words("通知补正", "Correction asked for")
        case .corrected: Words("提交补正材料", "Corrected complaint sent")
        case .returned: Words("退回起诉材料", "Papers returned")
        case .transferAdvised: Words("告知有管辖权的法院", "Competent court named")
        case .insisted: Words("坚持起诉", "Plaintiff insists on a ruling")
        case .declined: Words("裁定不予受理", "Ruling not to accept")
        case .docketed: Words("立案", "Case docketed")
        }
    }

    private static func words(_ act: FeeAct) -> Words {
        switch act {
        case .noticed: Words("通知交纳诉讼费", "Court fee notified")
        case .paid: Words("已交诉讼费", "Court fee paid")
        case .mismatched: Words("缴费与通知不符", "Payment does not match")
        case .refunded: Words("退还诉讼费", "Payment given back")
        }
    }

    private static func words(_ act: ParticipationAct) -> Words {
        switch act {
        case .consentGiven(let body): Words("同意在线进行：\(body.stage.name.zh)", "Agreed online: \(body.stage.name.en)")
        case .consentDeclined(let body):
            Words("不同意在线进行：\(body.stage.name.zh)", "Declined online: \(body.stage.name.en)")
        case .invited: Words("通知被告并询问是否在线参加", "Defendant notified and asked")
        case .sentAgain(let body):
            Words("重新通知被告：\(body.ground.name.zh)", "Defendant notified again: \(body.ground.name.en)")
        case .codeRenewed: Words("重新发给关联代码", "New code issued to link the case")
        case .posted: Words("通知书交邮", "Notice posted")
        case .received: Words("通知书送到", "Notice received")
        case .linked: Words("验证身份并关联案件", "Identity verified, case linked")
        case .wentOffline: Words("该当事人转为线下", "This party is handled offline")
        }
    }

    private static func words(_ act: ServiceAct) -> Words {
        switch act {
        case .addressConfirmed: Words("确认电子送达地址", "Address for service confirmed")
        case .sent(let body):
            Words(
                "送出：\(body.documents.map(\.kind.name.zh).joined(separator: "、"))",
                "Sent: \(body.documents.map(\.kind.name.en).joined(separator: ", "))")
        case .arrived: Words("送达", "Served")
        case .certified: Words("制作电子送达凭证", "Service certified")
        }
    }

    private static func words(_ act: EvidenceAct) -> Words {
        switch act {
        case .periodSet: Words("举证、答辩期限", "Periods for evidence and answer")
        case .answered: Words("提交答辩状", "Answer sent")
        case .offered(let body): Words("提交证据\(body.exhibits.count)件", "Exhibits offered: \(body.exhibits.count)")
        case .exchangeOpened: Words("开始证据交换", "Evidence exchange opened")
        case .opined: Words("发表质证意见", "Opinion on an exhibit")
        case .endAgreed: Words("同意提前结束证据交换", "Agreed to end the exchange early")
        case .exchangeClosed: Words("证据交换结束", "Evidence exchange closed")
        case .formFound: Words("认定符合原件形式", "Found to meet the original's form")
        case .found: Words("认定证据", "Findings on an exhibit")
        }
    }

    private static func words(_ act: HearingAct) -> Words {
        switch act {
        case .applied: Words("申请各自在不同时间参加庭审", "Hearing in writing applied for")
        case .agreed: Words("同意非同步庭审", "Hearing in writing agreed")
        case .refused: Words("不同意非同步庭审", "Hearing in writing not agreed")
        case .opened: Words("开始庭审", "Hearing opened")
        case .phaseOpened(let body): Words("进入\(body.phase.name.zh)", "Phase opened: \(body.phase.name.en)")
        case .asked: Words("法庭提问", "Question put")
        case .answered: Words("回答提问", "Question answered")
        case .stated(let body): Words("陈述（\(body.phase.name.zh)）", "Statement (\(body.phase.name.en))")
        case .endAgreed(let body):
            Words("同意提前结束\(body.phase.name.zh)", "Agreed to end early: \(body.phase.name.en)")
        case .recusalAsked: Words("申请回避", "Recusal asked for")
        case .recusalDecided: Words("回避决定", "Recusal decided")
        case .closed: Words("庭审结束", "Hearing closed")
        case .transcriptDrafted(let body):
            Words("制作笔录（第\(body.version)版）", "Transcript drawn (version \(body.version))")
        case .transcriptConfirmed: Words("确认笔录", "Transcript confirmed")
        case .transcriptObjected: Words("申请补正笔录", "Correction of the transcript asked for")
        }
    }

    private static func words(_ act: JudgmentAct) -> Words {
        switch act {
        case .signed: Words("签发判决书", "Judgment signed")
        case .pronounced: Words("宣判", "Judgment pronounced")
        case .tookEffect: Words("判决发生法律效力", "Judgment took effect")
        case .withdrawalRuled: Words("裁定按撤诉处理", "Deemed withdrawal ruled")
        }
    }

    /// A person's own docket.
    private static func words(_ act: PersonAct) -> Words {
        switch act {
        case .registered: Words("实名注册", "Registered under the real name")
        case .verified: Words("身份核验通过", "Identity verified")
        case .refused: Words("身份核验未通过", "Identity not verified")
        }
    }

    /// The court's own docket, and who hears a case.
    private static func words(_ act: CourtAct) -> Words {
        switch act {
        case .opened: Words("法院启用", "Court opened")
        case .officeGiven: Words("任职", "Office given")
        case .officeEnded: Words("免职", "Office ended")
        case .keyPublished: Words("公布公钥", "Public key published")
        case .clockMoved: Words("演示时钟前移", "Demonstration clock moved")
        case .keysDestroyed: Words("销毁卷宗密钥", "Keys of a docket destroyed")
        case .benchRedrawn: Words("更换承办法官", "Another judge drawn")
        }
    }
}
