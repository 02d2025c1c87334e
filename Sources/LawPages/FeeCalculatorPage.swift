import Hummingbird
import Procedure
import Web

/// `/law/fee`: what a case or an application costs, answered on the same page.
extension LawPagesArea {
    func feePage(_ context: CourtContext) throws -> Page {
        let form = context.query.form
        guard form.has("kind") else { return feePage(.nothing, nil, context) }
        do {
            let answer = try form.read { reader in
                let kind: FeeKind = reader.choice("kind", Words("案件或者申请的种类", "the kind of case or application"))
                let sum = kind.sum.map { reader.money("sum", $0) } ?? .zero
                return FeeAnswer(kind: kind, sum: sum, fee: kind.count(sum, province: court.province, in: tables.fees))
            }
            return feePage(Typed(form), answer, context)
        } catch let errors as FormErrors {
            return feePage(Typed(form, errors: errors.errors), nil, context)
        }
    }

    private struct FeeAnswer {
        let kind: FeeKind
        let sum: Money
        let fee: ComputedFee
    }

    private func feePage(_ typed: Typed, _ answer: FeeAnswer?, _ context: CourtContext) -> Page {
        let voice = context.voice
        let title = voice("诉讼费计算", "What does it cost?")
        let fields = Fields(typed, voice)
        let kinds = GroupedSelect(
            name: "kind", label: Words("您要办什么", "What is it for"), hint: nil,
            groups: FeeKind.Group.allCases.map { group in
                .init(
                    name: group.name,
                    options: FeeKind.allCases.filter { $0.group == group }.map { ($0.rawValue, $0.name) })
            })
        return Page(
            title, breadcrumbs: [Page.Link(Words("法律依据", "The law"), path: "/law")],
            status: typed.hasErrors ? .unprocessableContent : .ok, hasErrors: typed.hasErrors,
            """
            <h1>\(title)</h1>
            \(fields.summary)\(answer.map { feeAnswer($0, voice) })
            <form method="get" action="/law/fee" novalidate>
            \(kinds.html(typed, voice))
            \(fields.money("sum", Words("金额", "Sum"), hint: Words("与金额无关的种类不用填。", "Leave empty where no sum is in dispute."), isOptional: true))
            \(Button.row(Button.send(Words("计算", "Work it out"), voice)))
            </form>
            <p class="meta">\(voice("按", "Counted with the fee table of"))\(voice("", " "))\(tables.fees.version)\(voice("收费表计算。实际收费以法院的交费通知为准。", ". The court's own notice of the fee is what counts."))</p>
            """)
    }

    private func feeAnswer(_ answer: FeeAnswer, _ voice: Voice) -> HTML {
        let result: HTML
        switch answer.fee.amount {
        case .exact(let money):
            result = "<p class=\"lead\"><strong>\(voice.money(money))</strong></p>"
        case .unpublished(let range, let reason):
            let (least, most) = (Money(minorUnits: range.lowerBound), Money(minorUnits: range.upperBound))
            result = """
                <p class="lead"><strong>\(voice.money(least))\(voice("至", " to "))\(voice.money(most))</strong></p>
                <p>\(voice("暂定：", "Not final: "))\(voice(reason))</p>
                """
        }
        let asked = voice(answer.kind.name) + (answer.kind.sum == nil ? "" : voice("：", ": ") + voice.money(answer.sum))
        return """
            <section class="notice information" aria-labelledby="answer"><h2 class="kind" id="answer">\(asked)</h2>
            \(result)
            <h3>\(voice("怎样算出来的", "How it is worked out"))</h3>
            \(ExplanationList(answer.fee.explanation).html(voice))</section>

            """
    }
}
