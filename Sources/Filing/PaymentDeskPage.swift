import Accounts
import Docket
import Hummingbird
import Procedure
import Web

extension FilingDesk {
    /// Money that came in for a case, and what of it does not match: for a person to look at.
    @Sendable func paymentsPage(_ request: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let viewer = try context.person()
        let docket = try context.id("docket", as: DocketID.self)
        let (head, state) = try await read(docket)
        guard viewer.isStaff else { throw NotFound() }
        try viewer.require(.readCase, in: state, now: context.now)
        let voice = context.voice
        let title = Words("缴费情况", "Payments")
        return Page(
            voice(title), width: .wide, hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title)) · \(said: MatterTitle.of(state))</h1>\(Fields(typed, voice).summary)
            \(noticed(state, context))\(mismatches(state, voice))
            \(settling(state, docket, seen: head.position, viewer, typed, context))
            """)
    }

    private func noticed(_ state: CaseState, _ context: CourtContext) -> HTML {
        let voice = context.voice
        guard let notice = state.fee.notice else {
            return "<p>\(voice("尚未发出交费通知。", "No fee notice has gone out."))</p>"
        }
        var facts = [
            Facts.Fact(Words("应交", "To pay"), "\(voice.money(notice.amount))"),
            Facts.Fact(Words("通知送达", "Notice served"), voice.dayElement(notice.received)),
            Facts.Fact(Words("最后一日", "Last day"), voice.dayElement(notice.due)),
            Facts.Fact(Words("缴费编号", "Payment number"), "<code>\(notice.payment)</code>"),
        ]
        if let paid = state.fee.paid {
            let late = paid.late ? voice("（逾期）", " (late)") : ""
            facts.append(
                .init(Words("已交", "Paid"), "\(voice.money(paid.amount))\(late) · <code>\(paid.reference)</code>"))
        } else if state.fee.isCovered {
            facts.append(
                .init(Words("状态", "State"), "\(voice("款项足额，等待核定", "The money is there; to be taken as the fee"))"))
        } else if state.fee.isOverdue(today: context.today) {
            facts.append(
                .init(Words("状态", "State"), "\(voice("逾期未交，由承办法官裁定。", "Unpaid after the last day; the judge rules."))"))
        } else {
            facts.append(.init(Words("状态", "State"), "\(voice("等待交费", "Waiting for payment"))"))
        }
        return Facts(facts).html(voice)
    }

    private func mismatches(_ state: CaseState, _ voice: Voice) -> HTML {
        let found = state.fee.mismatches
        guard !found.isEmpty else { return "<p>\(voice("没有异常款项。", "No money that does not match."))</p>" }
        return """
            <h2>\(voice("须核对的款项", "Money to look at"))</h2><p>\(voice("这些款项须由书记员逐笔核对：退还，或者由原告补足。", "A person looks at each: it goes back, or the plaintiff pays what is missing."))</p>
            <div class="scroll" role="region" tabindex="0" aria-label="\(voice("须核对的款项", "Money to look at"))"><table class="dense">
            <thead><tr><th scope="col">\(voice("流水号", "Reference"))</th><th scope="col">\(voice("到账", "Came"))</th>\
            <th scope="col">\(voice("应交", "Expected"))</th><th scope="col">\(voice("原因", "Why"))</th></tr></thead>
            <tbody>\(found.map { row in
                """
                <tr><th scope="row"><code>\(row.reference)</code></th><td>\(voice.money(row.amount))</td>\
                <td>\(voice.money(row.expected))</td><td>\(voice(row.difference.name))</td></tr>

                """
            } as [HTML])</tbody></table></div>
            """
    }
}

extension PaymentMismatched.Difference {
    var name: Words {
        switch self {
        case .wrongAmount: Words("数额不符", "wrong sum")
        case .paidTwice: Words("重复交纳", "paid twice")
        case .afterEnd: Words("结案后到账", "came after the case had ended")
        }
    }
}
