import Accounts
import Hummingbird
import Procedure
import Web

/// Deciding a case for programs: the judge's draft, its checks, the document, the signature that pronounces it.
extension JudgmentArea {
    func mountAPI(on routes: inout Routes) {
        let base = "/api/v1/cases/:docket/judgment"
        let drafting = DraftJudgmentPages(area: self)
        let signing = SignJudgmentPages(area: self)
        let unpaid = UnpaidFeePages(area: self)
        routes.api(.get, base, face: .chambers, JudgmentOperations.judgment) { _, context in
            try await tellJudgment(context)
        }
        for (method, path, doing, operation) in [
            (HTTPRequest.Method.put, "\(base)/draft", "save", JudgmentOperations.save),
            (.post, "\(base)/document", "draw", JudgmentOperations.draw),
        ] {
            routes.api(method, path, face: .chambers, maximumBodyBytes: 512 * 1024, operation) { request, context in
                let form = try context.sent(as: SentDraft.self).form.setting("do", to: doing)
                _ = try await drafting.save(request, context.sending(form, at: request.uri.path))
                return try await tellJudgment(context)
            }
        }
        routes.api(.post, "\(base)/signature", face: .chambers, JudgmentOperations.sign) { request, context in
            let form = Form(["digest": try context.sent(as: SentSignature.self).digest])
            _ = try await signing.sign(context.sending(form, at: request.uri.path))
            return try await tellJudgment(context)
        }
        routes.api(.post, "\(base)/unpaid", face: .chambers, JudgmentOperations.unpaid) { request, context in
            _ = try await unpaid.rule(context.sending(Form(), at: request.uri.path))
            return try await tellJudgment(context)
        }
    }

    private func tellJudgment(_ context: CourtContext) async throws -> Response {
        let (docket, _, state, viewer) = try await read(context)
        let saved = try await JudgmentDraftTable.read(docket, registry: registry)
        let draft = saved?.draft ?? JudgmentDraft(assembling: state)
        let law = Context(
            now: context.now, court: registry.court, tables: registry.tables,
            acting: Acting(account: viewer.account, capacity: .judge))
        let isOpen = state.judgment.signed == nil && state.closing.manner == nil
        return try .api(
            JudgmentJSON(
                draft: isOpen ? JudgmentJSON.Draft(draft, version: saved?.version ?? 0) : nil,
                wanting: isOpen
                    ? state.wanting(in: draft.content(of: state), context: law).map(JudgmentJSON.Wanting.init) : [],
                document: state.judgment.signed?.document ?? saved?.draft.drawn,
                signed: state.judgment.signedAt, pronounced: state.judgment.pronouncedAt,
                effective: state.judgment.effectiveOn, withdrawal: state.judgment.withdrawal?.ruling))
    }
}

/// The draft as the form of the page would carry it.
private struct SentDraft: Decodable {
    struct Decision: Decodable {
        let outcome: String
        let amount, reason: String?
    }

    let version: Int
    let findings, reasons: String
    let cited: [String]
    let provisions: [CitedProvision]
    let decisions: [String: Decision]
    let perform_within_days: Int
    let fee_shares: [String: String]

    var form: Form {
        var pairs: [(name: String, value: String)] = [
            ("version", String(version)), ("findings", findings), ("reasons", reasons),
            ("perform", String(perform_within_days)),
        ]
        pairs += cited.map { ("cited", $0) }
        pairs += provisions.map { ("provision", "\($0.law)\($0.number)") }
        for (claim, decision) in decisions.sorted(by: { $0.key < $1.key }) {
            pairs += [
                ("outcome.\(claim)", decision.outcome), ("amount.\(claim)", decision.amount ?? ""),
                ("reason.\(claim)", decision.reason ?? ""),
            ]
        }
        pairs += fee_shares.sorted { $0.key < $1.key }.map { ("share.\($0.key)", $0.value) }
        return Form(pairs: pairs)
    }
}

private struct SentSignature: Decodable { let digest: String }

/// Where the decision stands, for the judge of the case.
private struct JudgmentJSON: Encodable {
    struct Draft: Encodable {
        let version: Int
        let findings, reasons: String
        let cited: [String]
        let provisions: [CitedProvision]
        let decisions: [String: JudgmentDraft.Decision]
        let perform_within_days: Int
        let fee_shares: [String: String]

        init(_ draft: JudgmentDraft, version: Int) {
            self.version = version
            findings = draft.findings
            reasons = draft.reasons
            cited = draft.cited
            provisions = draft.provisions
            decisions = draft.decisions
            perform_within_days = Int(draft.performWithinDays) ?? 10
            fee_shares = draft.feeShares
        }
    }

    /// What the checks before signing still ask for.
    struct Wanting: Encodable {
        let code: String
        let article: String?
        let reason, remedy: Words

        init(_ refusal: Refusal) {
            code = refusal.code
            article = refusal.article?.rawValue
            reason = refusal.reason
            remedy = refusal.remedy
        }
    }

    let draft: Draft?
    let wanting: [Wanting]
    /// The judgment as it was drawn last, or as it was signed.
    let document: DocumentReference?
    let signed, pronounced: Happened?
    let effective: CourtDay?
    let withdrawal: DocumentReference?
}
