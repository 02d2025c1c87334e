import Procedure

// The papers of the demonstration case: a kettle bought online that was not what the shop page said.

extension CourtProfile {
    static let demonstration = CourtProfile(
        code: "演0192", name: Words("演示互联网法院", "Demonstration Internet Court"), kind: .internet, province: "浙江",
        city: "杭州", zone: .china, address: Words("杭州市演示路1号", "1 Yanshi Road, Hangzhou"),
        telephone: "0571-00000000", counterHours: Words("工作日9:00—17:00", "weekdays 9:00–17:00"),
        appealCourt: Words("演示中级人民法院", "Demonstration Intermediate Court"), isDemonstration: true,
        smallClaimsMaximum: 6_000_000, smallClaimsAgreedMaximum: 24_000_000)
}

extension ContentDigest {
    /// Thirty-two bytes that follow from the name alone; different names, different bytes.
    static func named(_ name: String) -> ContentDigest {
        var mix = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var bytes: [UInt8] = []
        for _ in 0..<4 {
            mix = mix &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: mix >> UInt64(8 * $0)) }
        }
        guard let digest = ContentDigest(bytes: bytes) else { preconditionFailure("a digest has 32 bytes") }
        return digest
    }
}

extension FileReference {
    static func named(_ name: String, _ mediaType: String = "application/pdf") -> FileReference {
        FileReference(
            file: .number(name.utf8.reduce(7) { $0 &* 31 % 1_000_003 + Int($1) }), digest: .named(name), bytes: 48_213,
            mediaType: mediaType, name: name)
    }
}

extension DocumentReference {
    /// A paper of this kind; another edition is another document with other bytes.
    static func paper(_ kind: DocumentKind, edition: Int = 1) -> DocumentReference {
        let place = DocumentKind.allCases.firstIndex(of: kind) ?? 0
        return DocumentReference(
            document: .number(1_000 * edition + place), kind: kind,
            files: [.named("\(kind.name.zh) \(edition).pdf")])
    }
}

extension OfferedExhibit {
    static func number(_ number: Int, _ name: String, proving: String) -> OfferedExhibit {
        OfferedExhibit(
            exhibit: .number(number), name: name, proves: proving, origin: .digitisedCopy,
            file: .named("\(name).jpg", "image/jpeg"))
    }

    static let order = number(1, "订单页面截图", proving: "双方订立了网络购物合同，价款1280元")
    static let report = number(2, "电水壶检测报告", proving: "商品材质与页面描述不符")
    static let shopPage = number(3, "商品详情页存档", proving: "页面已注明内胆材质")
    static let chat = number(4, "客服聊天记录", proving: "被告曾同意退款")
}

extension ClaimID {
    static let refund = ClaimID.number(1)
    static let threefold = ClaimID.number(2)
    static let costs = ClaimID.number(3)
}

extension ExhibitID {
    static let order = OfferedExhibit.order.exhibit
    static let report = OfferedExhibit.report.exhibit
    static let shopPage = OfferedExhibit.shopPage.exhibit
    static let chat = OfferedExhibit.chat.exhibit
}

extension QuestionID {
    static let whoTested = QuestionID.number(1)
}

extension PartyPlace {
    static let buyer = PartyPlace(
        party: .plaintiff, role: .plaintiff, ordinal: 1,
        details: PartyDetails(
            name: "林晓演", residentNumber: "330106199003075421", address: "杭州市西湖区文三路演示小区3幢502室",
            telephone: "13900000001", tradeName: nil))
    static let seller = PartyPlace(
        party: .defendant, role: .defendant, ordinal: 1,
        details: PartyDetails(
            name: "赵示范", residentNumber: nil, address: "义乌市演示街88号", telephone: "13900000002", tradeName: "好水壶小店"))

    /// The same place with something else written about who fills it.
    func telling(
        name: String? = nil, residentNumber: String?? = nil, address: String? = nil, telephone: String? = nil
    ) -> PartyPlace {
        PartyPlace(
            party: party, role: role, ordinal: ordinal,
            details: PartyDetails(
                name: name ?? details.name, residentNumber: residentNumber ?? details.residentNumber,
                address: address ?? details.address, telephone: telephone ?? details.telephone,
                tradeName: details.tradeName))
    }
}

extension Claim {
    static let refund = Claim(claim: .refund, kind: .refund, text: "判令被告退还货款1280元", amount: .yuan(1_280))
    static let threefold = Claim(
        claim: .threefold, kind: .compensation, text: "判令被告支付价款三倍的赔偿3840元", amount: .yuan(3_840))
    static let costs = Claim(claim: .costs, kind: .costs, text: "诉讼费用由被告负担", amount: nil)
}

extension Complaint {
    /// Return of the price and three times the price, from a shop on a platform.
    static let onlineShopping = Complaint.onlineShopping()

    static func onlineShopping(
        cause: String = "C088.08", parties: [PartyPlace] = [.buyer, .seller],
        claims: [Claim] = [.refund, .threefold, .costs],
        facts: String = "2026年1月8日，原告在被告经营的网店购买电水壶一只，页面写明内胆为304不锈钢；经检测为201不锈钢，被告拒绝退款。",
        exhibits: [OfferedExhibit] = [.order, .report], document: DocumentReference = .paper(.complaint),
        signature: Signature? = nil
    ) -> Complaint {
        Complaint(
            cause: cause, parties: parties, claims: claims, facts: facts,
            answers: ["platform": "演示商城", "ordered_on": "2026-01-08"], form: "online-shopping/1", exhibits: exhibits,
            document: document, signature: signature ?? Person.plaintiff.signs(document))
    }

    /// The same with the defendant's registered address and a sharper copy of the report.
    static let corrected = onlineShopping(
        parties: [.buyer, .seller.telling(address: "浙江省义乌市稠城街道演示街88号2楼")], document: .paper(.complaint, edition: 2))
}

extension NoticeShown {
    static let onlineStages = NoticeShown(
        name: "online-stages", version: 1, digest: .named("online-stages/1"), language: .chinese)
    static let electronicService = NoticeShown(
        name: "electronic-service", version: 1, digest: .named("electronic-service/1"), language: .chinese)
}

extension AnswerSubmitted {
    static func seller(
        party: PartyID = .defendant, responses: [ClaimResponse] = [.refundAdmitted, .threefoldDisputed],
        exhibits: [OfferedExhibit] = [.shopPage], document: DocumentReference = .paper(.answer),
        signature: Signature? = nil
    ) -> AnswerSubmitted {
        AnswerSubmitted(
            party: party, responses: responses, facts: "同意退货退款；页面已注明材质，不构成欺诈。", answers: [:], form: "answer/1",
            exhibits: exhibits, document: document, signature: signature ?? Person.defendant.signs(document))
    }
}

extension ClaimResponse {
    static let refundAdmitted = ClaimResponse(claim: .refund, stand: .admitted, admitted: nil, reason: "同意退款")
    static let threefoldDisputed = ClaimResponse(
        claim: .threefold, stand: .disputed, admitted: nil, reason: "没有欺诈故意")
}

extension JudgeDraw {
    /// A draw among judges none of whom is barred.
    static func among(_ judges: [AccountID]) -> JudgeDraw {
        let candidates = judges.map { Candidate(judge: $0, name: "法官\($0.low)", workload: 3, barred: nil) }
        guard let draw = JudgeDraw(among: candidates, seed: .number(77)) else { preconditionFailure("nobody to draw") }
        return draw
    }

    static let lot = among([Person.judge.account])
    static let otherLot = among([Person.otherJudge.account])
}

extension CaseNumber {
    static let ours: CaseNumber = {
        guard let number = CaseNumber(year: 2026, court: "演0192", type: "民初", serial: 1) else {
            preconditionFailure("no such number")
        }
        return number
    }()
}

extension JudgmentContent {
    /// The refund granted, the threefold sum granted in part; the fee shared accordingly.
    static func shopping(
        findings: String = "商品内胆材质与页面描述不符。", reasons: String = "被告应退还货款；欺诈成立部分酌定赔偿。",
        decisions: [ClaimDecision] = [.refundGranted, .threefoldInPart], performWithinDays: Int = 10,
        cited: [ExhibitID] = [.order, .report],
        provisions: [CitedProvision] = [CitedProvision(law: "中华人民共和国消费者权益保护法", number: "第五十五条")],
        feeShares: [FeeShare] = [
            FeeShare(party: .plaintiff, amount: .yuan(5)), FeeShare(party: .defendant, amount: .yuan(20)),
        ]
    ) -> JudgmentContent {
        JudgmentContent(
            findings: findings, reasons: reasons, decisions: decisions, performWithinDays: performWithinDays,
            cited: cited, provisions: provisions, feeShares: feeShares)
    }
}

extension ClaimDecision {
    static let refundGranted = ClaimDecision(claim: .refund, outcome: .granted, amount: .yuan(1_280), reason: "")
    static let threefoldInPart = ClaimDecision(
        claim: .threefold, outcome: .partlyGranted, amount: .yuan(500), reason: "按最低赔偿额")
}
