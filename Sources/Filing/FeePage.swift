import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

extension FilingDesk {
    /// What the plaintiff is to pay, why that much, by when and why that day.
    @Sendable func feePage(_ request: Request, _ context: CourtContext) async throws -> Page {
        let viewer = try context.person()
        let docket = try context.id("docket", as: DocketID.self)
        let (_, state) = try await read(docket)
        try viewer.require(.readCase, in: state, now: context.now)
        guard let complaint = state.filing.complaint else { throw NotFound() }
        let voice = context.voice
        let title = Words("交纳诉讼费", "Pay the court fee")
        let fee = complaint.courtFee(by: tables.fees, in: state.filing.docketed?.procedure ?? .smallClaims)
        let body: HTML =
            if let notice = state.fee.notice {
                feeBody(notice, fee, state, docket, viewer, context)
            } else {
                "\(Notice(.information, "<p>\(voice(nothingYet(state)))</p>").html(voice))\(sum(fee, voice))"
            }
        return Page(
            voice(title),
            breadcrumbs: [.init(Words("案件", "Case"), path: "/cases/\(docket)")],
            "<h1>\(voice(title))</h1>\(body)")
    }

    private func nothingYet(_ state: CaseState) -> Words {
        guard state.filing.docketed != nil else {
            return Words(
                "立案后本院会发出交费通知，届时在此交纳。现在无需付款。",
                "The court sends a fee notice once the case is docketed. There is nothing to pay now.")
        }
        guard let plaintiff = state.parties.plaintiff?.party, state.canBeServed(plaintiff) else {
            return Words(
                "您尚未确认电子送达地址，交费通知将邮寄给您；收到之前无需付款。",
                "You have confirmed no electronic address, so the fee notice comes by post. There is nothing to pay before."
            )
        }
        return Words("交费通知正在制作，请稍后刷新本页。", "The fee notice is being drawn. Look again in a moment.")
    }

    private func sum(_ fee: ComputedFee, _ voice: Voice) -> HTML {
        Disclosure(
            Words("这个数额是怎么算的", "How this sum is counted"), ExplanationList(fee.explanation).html(voice)
        ).html(voice)
    }

    private func feeBody(
        _ notice: FeeNoticed, _ fee: ComputedFee, _ state: CaseState, _ docket: DocketID, _ viewer: Viewer,
        _ context: CourtContext
    ) -> HTML {
        let voice = context.voice
        let limit = tables.count(.feePrepayment, from: .on(notice.received), zone: court.zone)
        let chip = DeadlineChip(
            Words("交纳案件受理费", "Pay the court fee"), owner: Words("原告", "Plaintiff"), began: notice.received,
            due: notice.due, today: context.today, isMet: state.fee.paid != nil, isProvisional: limit.isProvisional,
            explanation: limit.explanation)
        let facts = Facts([
            .init(Words("应交", "To pay"), "<strong>\(voice.money(notice.amount))</strong>"),
            .init(Words("缴费编号", "Payment number"), "<code>\(notice.payment)</code>"),
        ])
        return """
            \(facts.html(voice))\(sum(fee, voice))\(chip.html(voice))\
            \(paid(state, voice) ?? toPay(notice, state, viewer, context))
            """
    }

    private func paid(_ state: CaseState, _ voice: Voice) -> HTML? {
        guard let paid = state.fee.paid else { return nil }
        let when: HTML? = state.fee.paidAt.map { " \(voice.timeElement($0))" }
        let late: HTML? =
            paid.late
            ? "<p>\(voice("款项在期限届满后到达，由法官决定如何处理。", "The money came after the last day; the judge decides what follows."))</p>"
            : nil
        return Notice(.success, title: Words("已交费", "Paid"), "<p>\(voice.money(paid.amount))\(when)</p>\(late)").html(
            voice)
    }

    private func toPay(_ notice: FeeNoticed, _ state: CaseState, _ viewer: Viewer, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let wrong: HTML? =
            state.fee.mismatches.isEmpty
            ? nil
            : Notice(
                .warning,
                "<p>\(voice("收到过数额不符的款项，书记员正在核对。", "Money came that does not match the notice. The clerk is looking at it."))</p>"
            ).html(voice)
        let button: HTML =
            if !viewer.may(.payFee, in: state) {
                "<p>\(voice("由原告交纳。", "The plaintiff pays."))</p>"
            } else if court.isDemonstration {
                Button.row(
                    Button.link(
                        Words("去支付", "Go and pay"), voice, to: "/payments/sandbox/\(notice.payment)"))
            } else {
                "<p>\(voice("请按交费通知书载明的方式，凭缴费编号支付。", "Pay as the fee notice says, giving the payment number."))</p>"
            }
        return """
            \(wrong)\(button)\
            <p>\(voice("到期未交又未申请缓交、减交、免交的，按撤回起诉处理。交费确有困难的，请在期限内向本院申请。", "An unpaid fee counts as withdrawal unless you ask for relief in time. If paying is hard, ask the court before the last day."))</p>
            """
    }
}
