import Procedure

extension CaseStory {
    /// A case whose complaint about an online purchase is about to be sent.
    static func onlineShopping() -> CaseStory { CaseStory() }

    mutating func submit(
        _ complaint: Complaint = .onlineShopping, by person: Person = .plaintiff, on day: CourtDay? = nil,
        happened: Happened? = nil
    ) throws {
        try perform(by: person, on: day, happened: happened) {
            try $0.decide(SubmitComplaint(complaint: complaint), in: $1)
        }
    }

    mutating func requestCorrection(
        of checks: [FilingCheck] = [.definiteDefendant], saying explanation: String = "请补充被告的登记地址。",
        due: CourtDay = "2026-03-13", edition: Int = 1, on day: CourtDay? = nil
    ) throws {
        let items = checks.map { CorrectionItem(check: $0, explanation: explanation) }
        let command = RequestCorrection(items: items, due: due, notice: .paper(.correctionNotice, edition: edition))
        try perform(by: .filingClerk, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func correct(_ complaint: Complaint = .corrected, on day: CourtDay? = nil) throws {
        try perform(by: .plaintiff, on: day) { try $0.decide(CorrectComplaint(complaint: complaint), in: $1) }
    }

    mutating func returnPapers(on day: CourtDay? = nil) throws {
        let command = ReturnPapers(reason: "逾期未补正。", notice: .paper(.returnNotice))
        try perform(by: .filingClerk, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func adviseTransfer(on day: CourtDay? = nil) throws {
        let command = AdviseTransfer(court: "义乌市人民法院", reason: "纠纷并非因网络产生。", notice: .paper(.transferAdvice))
        try perform(by: .filingClerk, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func insist(on day: CourtDay? = nil) throws {
        try perform(by: .plaintiff, on: day) { try $0.decide(InsistOnRuling(words: "坚持向本院起诉。"), in: $1) }
    }

    mutating func ruleNonAcceptance(signedBy signer: Person = .judge, on day: CourtDay? = nil) throws {
        let ruling = DocumentReference.paper(.nonAcceptanceRuling)
        let command = RuleNonAcceptance(reason: "不属于本院受理范围。", ruling: ruling, signature: signer.signs(ruling))
        try perform(by: .judge, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func docket(
        as procedure: TrialProcedure = .smallClaims, draw: JudgeDraw = .lot, on day: CourtDay? = nil
    ) throws {
        let command = DocketCase(number: .ours, procedure: procedure, reasons: ["标的额5120元，在限额以内"], draw: draw)
        try perform(by: .filingClerk, on: day) { try $0.decide(command, in: $1) }
    }
}

// The fee.
extension CaseStory {
    mutating func pay(
        _ amount: Money = .yuan(25), reference: String = "PAY-0001", payment: PaymentID = .number(1),
        on day: CourtDay? = nil, happened: Happened? = nil
    ) throws {
        let command = RecordPayment(
            payment: payment, amount: amount, reference: reference, receipt: .paper(.paymentReceipt))
        try perform(by: .machine, on: day, happened: happened) { try $0.decide(command, in: $1) }
    }

    /// The clerk takes the fee out of what came in.
    mutating func settle(on day: CourtDay? = nil) throws {
        try perform(by: .clerk, on: day) {
            try $0.decide(SettlePayment(receipt: .paper(.paymentReceipt, edition: 2)), in: $1)
        }
    }

    /// The clerk writes down that a sum, or what was too much of it, went back.
    mutating func refund(_ reference: String = "PAY-0001", transfer: String = "TK-0001", on day: CourtDay? = nil) throws
    {
        let command = RecordRefund(reference: reference, transfer: transfer)
        try perform(by: .clerk, on: day) { try $0.decide(command, in: $1) }
    }

    mutating func ruleDeemedWithdrawal(signedBy signer: Person = .judge, on day: CourtDay? = nil) throws {
        let ruling = DocumentReference.paper(.withdrawalRuling)
        let command = RuleDeemedWithdrawal(reason: "经通知未预交案件受理费。", ruling: ruling, signature: signer.signs(ruling))
        try perform(by: .judge, on: day) { try $0.decide(command, in: $1) }
    }
}
