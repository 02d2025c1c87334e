import Docket
import Procedure
import Web

/// What the plaintiff filed, laid out for the clerk: papers, parties, claims with the fee, facts, exhibits.
struct DeskComplaintView {
    let matter: DeskCase
    let complaint: Complaint
    let findings: DeskFindings
    let tables: Tables

    func html(_ voice: Voice) -> HTML {
        """
        <h2>\(voice("起诉状", "Complaint"))</h2>\(papers(voice))\(facts(voice))
        <h2>\(voice("当事人", "Parties"))</h2>\(complaint.parties.map { party($0, voice) })
        <h2>\(voice("诉讼请求", "Claims"))</h2>\(claims(voice))
        <h2>\(voice("事实和理由", "Facts and reasons"))</h2>\(paragraphs(complaint.facts))
        <h2>\(voice("证据", "Exhibits"))</h2>\(exhibits(voice))
        """
    }

    private func papers(_ voice: Voice) -> HTML {
        """
        <ul class="documents">\(complaint.document.files.map { "<li>\(link($0, name: $0.name, voice))</li>" })</ul>

        """
    }

    private func facts(_ voice: Voice) -> HTML {
        let cause = tables.causes[complaint.cause]
        var facts = [
            Facts.Fact(
                Words("案由", "Cause of action"),
                "\(cause.map { voice($0.words) } ?? complaint.cause)"),
            Facts.Fact(Words("诉讼标的额", "Sum in dispute"), "\(voice.money(complaint.sumInDispute))"),
        ]
        if let submitted = matter.state.filing.submitted {
            facts.append(Facts.Fact(Words("提交时间", "Sent"), voice.happened(submitted)))
        }
        if let answered = matter.state.filing.correction?.answered {
            facts.append(Facts.Fact(Words("补正材料到达", "Corrected papers came"), voice.happened(answered)))
        }
        return Facts(facts).html(voice)
    }

    private func party(_ place: PartyPlace, _ voice: Voice) -> HTML {
        let details = place.details
        var lines: [HTML] = []
        if let trade = details.tradeName { lines.append("\(said: trade)") }
        if let number = details.residentNumber { lines.append("\(voice("身份证号", "Identity number")) \(number)") }
        lines.append("\(said: details.address)")
        if !details.telephone.isEmpty { lines.append("\(details.telephone)") }
        return PartyCard(role: place.role.name, name: details.name, lines: lines).html(voice)
    }

    private func claims(_ voice: Voice) -> HTML {
        let rows = complaint.claims.compactMap { claim in
            claim.amount.map { (what: "\(said: voice(claim.words))" as HTML, sum: $0) }
        }
        let others = complaint.claims.filter { $0.amount == nil }.map { "<li>\(said: voice($0.words))</li>" as HTML }
        let rest: HTML? = others.isEmpty ? nil : "<ul>\(others)</ul>"
        let fee: HTML =
            switch findings.fee.amount {
            case .exact(let money):
                "<p>\(voice("案件受理费", "Court fee"))\(voice("：", ": "))<strong>\(voice.money(money))</strong></p>"
            case .unpublished(_, let reason): "<p>\(voice(reason))</p>"
            }
        return """
            \(MoneyTable(Words("请求支付的款项", "Money claimed"), rows, total: complaint.sumInDispute).html(voice))\(rest)\(fee)\
            \(Disclosure(Words("费用如何计算", "How the fee is counted"), ExplanationList(findings.fee.explanation).html(voice)).html(voice))
            """
    }

    private func exhibits(_ voice: Voice) -> HTML {
        guard !complaint.exhibits.isEmpty else { return "<p>\(voice("没有提交证据。", "No exhibits."))</p>" }
        return """
            <ol class="exhibits">\(complaint.exhibits.map { exhibit in
                """
                <li><p>\(link(exhibit.file, name: exhibit.name, voice))</p>\
                <p>\(voice("证明", "Proves"))\(voice("：", ": "))\(said: exhibit.proves)</p><p class="meta">\(voice(exhibit.origin.name))</p></li>

                """
            } as [HTML])</ol>
            """
    }

    private func link(_ file: FileReference, name: String, _ voice: Voice) -> HTML {
        DocumentLink(
            name, path: "/files/\(matter.docket)/\(file.file)", bytes: file.bytes,
            kind: file.mediaType.split(separator: "/").last.map { $0.split(separator: ";")[0].uppercased() }
        ).html(voice)
    }

    private func paragraphs(_ text: String) -> [HTML] {
        text.split(separator: "\n").map { "<p>\(said: String($0))</p>" }
    }
}

extension OfferedExhibit.Origin {
    var name: Words {
        switch self {
        case .electronicData: Words("电子数据", "Electronic from the start")
        case .digitisedCopy: Words("电子化材料", "Scan or photograph")
        case .courtAssisted: Words("法院协助电子化", "Digitised by the court")
        }
    }
}
