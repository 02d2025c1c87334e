import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

/// From answers to the complaint: what it claims, from whom, why, and its paper.
extension DraftAtHand {
    private var chinese: Voice { Voice(.chinese) }

    /// The claims in the order of the form; a sum nobody has typed yet is nil.
    func claims() -> [Claim] {
        form.claimsMade(in: answers).map { pattern, amount in
            Claim(
                claim: content.claims[pattern.id] ?? .random(), kind: pattern.kind,
                text: form.text(of: pattern, in: answers, chinese), amount: amount)
        }
    }

    /// All money claims but costs (诉讼标的额).
    var sumInDispute: Money { claims().filter { $0.kind != .costs }.compactMap(\.amount).reduce(.zero, +) }

    var exhibits: [OfferedExhibit] {
        content.exhibits.compactMap { exhibit in
            exhibit.origin.map {
                OfferedExhibit(
                    exhibit: exhibit.exhibit, name: exhibit.name.trimmingSpace, proves: exhibit.proves.trimmingSpace,
                    origin: $0, file: exhibit.file)
            }
        }
    }

    func parties(known: [String: String]) -> [PartyPlace] {
        func details(_ role: String, _ number: String?) -> PartyDetails {
            func part(_ name: FormDefinition.Part.Name) -> String? { answers["\(role).\(name.rawValue)"] }
            return PartyDetails(
                name: known["\(role).name"] ?? part(.name) ?? "", residentNumber: number, address: part(.address) ?? "",
                telephone: part(.telephone) ?? "", tradeName: part(.tradeName))
        }
        return [
            PartyPlace(
                party: content.plaintiff, role: .plaintiff, ordinal: 1,
                details: details("plaintiff", known["plaintiff.resident_number"])),
            PartyPlace(party: content.defendant, role: .defendant, ordinal: 1, details: details("defendant", nil)),
        ]
    }

    func complaint(_ drawn: DraftContent.Drawn, signature: Signature) -> Complaint {
        Complaint(
            cause: form.cause ?? "", parties: parties(known: drawn.known), claims: claims(),
            facts: form.facts(in: answers, chinese),
            answers: content.storedAnswers(of: form, known: drawn.known), form: form.id, exhibits: exhibits,
            document: drawn.document, signature: signature)
    }

    /// The paper (民事起诉状), in the order of Civil Procedure Law art. 124.
    func paper(court: CourtProfile, on day: CourtDay) -> LegalDocument {
        var blocks = parties(known: known).map { place -> LegalDocument.Block in
            let details = place.details
            let lines = [
                details.residentNumber.map { "公民身份号码：\($0)" }, details.tradeName.map { "网店名称：\($0)" },
                details.address.isEmpty ? nil : "住址：\(details.address)",
                details.telephone.isEmpty ? nil : "联系电话：\(details.telephone)",
            ]
            return .party(.init(label: place.role.name.zh, lines: [details.name] + lines.compactMap { $0 }))
        }
        blocks += [
            .heading(level: 1, text: "诉讼请求"), .list(marker: .arabic, items: claims().map(\.text)),
            .amounts([.init("以上金钱请求合计", sumInDispute, spelling: .figuresAndWords)]),
            .heading(level: 1, text: "事实与理由"), .paragraph(text: form.facts(in: answers, chinese)),
            .heading(level: 1, text: "证据和证据来源"), evidenceBlock,
        ]
        if !exhibits.isEmpty {
            blocks.append(
                .note(
                    text: exhibits.enumerated().map { index, exhibit in
                        "证据\(index + 1)：\(exhibit.file.name)，\(chinese.bytes(exhibit.file.bytes))，SHA-256 \(exhibit.file.digest.hex)"
                    }.joined(separator: "\n")))
        }
        blocks += [
            .paragraph(text: "此致", indent: .firstLine), .paragraph(text: court.name.zh, indent: .none),
            .signature(.init(lines: ["具状人：\(account.name)", "（在线签名）"], date: day)),
        ]
        return LegalDocument(title: "民事起诉状", blocks: blocks)
    }

    private var evidenceBlock: LegalDocument.Block {
        guard !exhibits.isEmpty else { return .paragraph(text: "暂无，将在举证期限内提交。") }
        return .table(
            .init(
                header: ["序号", "证据名称", "证明内容", "来源"],
                rows: exhibits.enumerated().map { index, exhibit in
                    [
                        "\(index + 1)", exhibit.name, exhibit.proves,
                        exhibit.origin == .electronicData ? "电子数据" : "电子化材料",
                    ]
                }))
    }

    /// Everything in the way of signing, with the page that mends it.
    func gaps(today: CourtDay) -> [(error: FieldError, page: String)] {
        let setting = FormSetting(today: today)
        var gaps = form.errors(in: answers, setting: setting).map { error in
            (error, form.step(ofField: error.field)?.id ?? "check")
        }
        gaps += content.exhibitErrors.map { ($0, "evidence") }
        let made = claims()
        if !made.isEmpty, !made.contains(where: { $0.kind != .costs }) {
            gaps.append((FieldError("claims", Refusal.noConcreteClaim.reason), "claims"))
        }
        if known["plaintiff.resident_number"] == nil {
            gaps.append((FieldError("plaintiff.resident_number", Refusal.identityNotVerified.reason), "you"))
        }
        guard sentBefore == nil else { return gaps }
        for stage in DraftContent.stages where !content.consents.contains(where: { $0.stage == stage }) {
            let words = Words("请答复是否同意在线\(stage.name.zh)。", "Say whether “\(stage.name.en)” may be online.")
            gaps.append((FieldError("consent.\(stage.rawValue)", words), "consents"))
        }
        if content.address == nil {
            gaps.append((FieldError("service", Words("请确认送达方式和地址。", "Say how documents may reach you.")), "address"))
        }
        return gaps
    }
}

extension FilingArea {
    /// Draws the complaint once, from exactly what stands in the draft; its bytes are what will be signed (D13).
    ///
    /// - Throws: `FormErrors` while something is missing; `DrawingError` when a font lacks a character.
    func drawComplaint(_ docket: DocketID, by viewer: Viewer) async throws -> DraftAtHand {
        let hand = try await change(docket, by: viewer, from: .newest) { content, hand in
            for made in hand.form.claimsMade(in: hand.answers) where content.claims[made.pattern.id] == nil {
                content.claims[made.pattern.id] = .random()
            }
            // A sum that was offered and looked at becomes the person's own by drawing.
            for step in hand.form.steps(for: hand.answers) {
                for question in step.questions(for: hand.answers) where question.suggest != nil {
                    if content.answers.fields[question.id] == nil, let offered = hand.answers[question.id] {
                        content.answers.set(question.id, to: [offered])
                    }
                }
            }
            if content.answers.fields["plaintiff.telephone"] == nil, let own = hand.answers["plaintiff.telephone"] {
                content.answers.set("plaintiff.telephone", to: [own])
            }
        }
        guard hand.content.drawn == nil else { return hand }
        let now = registry.clock.now
        let today = registry.court.zone.day(of: now)
        let gaps = hand.gaps(today: today)
        guard gaps.isEmpty else { throw FormErrors(gaps.map(\.error)) }
        let pressed = try await press.press(
            hand.paper(court: registry.court, on: today), .complaint, in: docket, drawnAt: now, stamped: false)
        let drawn = DraftContent.Drawn(document: pressed.reference, known: hand.known)
        return try await change(
            docket, by: viewer, from: .version(hand.draft.version),
            also: { [press] t, now in try press.record(pressed, at: now, in: t) }
        ) { content, current in
            // What was drawn is of that version and no other.
            guard current.draft.version == hand.draft.version else { throw Stale([Words.draftChanged]) }
            content.drawn = drawn
        }
    }
}

extension Words {
    static let draftChanged = Words(
        "起诉状的内容在您查看之后有改动，需要重新制作、重新阅读。",
        "The complaint was changed after you looked: it has to be drawn and read again.")
}
