import Accounts
import Hummingbird
import Procedure
import Storage
import Web

/// The same steps for programs: `/api/v1/cases/:docket/{exhibits,answer,exchange,opinions,findings}`.
extension EvidenceArea {
    func mountAPI(on routes: inout Routes) {
        let base = "/api/v1/cases/:docket"
        routes.api(.get, "\(base)/exhibits", face: .both, EvidenceOperations.exhibits) { _, context in
            try await tellExhibits(context)
        }
        routes.api(.post, "\(base)/exhibits", face: .public, EvidenceOperations.offer) { try await offerByAPI($0, $1) }
        routes.api(.get, "\(base)/answer", face: .both, EvidenceOperations.answer) { _, context in
            try await tellAnswer(context)
        }
        routes.api(.put, "\(base)/answer", face: .public, EvidenceOperations.write) { try await writeByAPI($0, $1) }
        routes.api(.post, "\(base)/answer", face: .public, EvidenceOperations.sign) { try await signByAPI($0, $1) }
        routes.api(.get, "\(base)/exchange", face: .both, EvidenceOperations.exchange) { _, context in
            try await tellExchange(context)
        }
        routes.api(.post, "\(base)/exchange", face: .both, EvidenceOperations.open) { try await openByAPI($0, $1) }
        routes.api(.post, "\(base)/exchange/end", face: .public, EvidenceOperations.end) { _, context in
            let matter = try await openCase(context, for: .opine)
            _ = try await agreeToEndExchange(
                in: matter.docket, by: matter.viewer, once: Once(context, body: []), arrived: context.now)
            return try await tellExchange(context)
        }
        routes.api(.post, "\(base)/exchange/close", face: .both, EvidenceOperations.close) { _, context in
            let matter = try await openCase(context, for: .setWindow)
            _ = try await closeExchange(
                in: matter.docket, by: matter.viewer, once: Once(context, body: []), arrived: context.now)
            return try await tellExchange(context)
        }
        routes.api(.get, "\(base)/opinions", face: .both, EvidenceOperations.opinions) { _, context in
            try await tellOpinions(context)
        }
        routes.api(.post, "\(base)/opinions", face: .public, EvidenceOperations.opine) { try await opineByAPI($0, $1) }
        routes.api(.get, "\(base)/findings", face: .both, EvidenceOperations.findings) { _, context in
            try await tellFindings(context)
        }
        routes.api(.post, "\(base)/findings", face: .both, EvidenceOperations.find) { try await findByAPI($0, $1) }
    }

    // MARK: Exhibits

    private func tellExhibits(
        _ context: CourtContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let matter = try await openCase(context)
        let periods = matter.state.evidence.periods.map { ($0.key.rawValue, $0.value.evidenceBy.rawValue) }
        return try .api(
            ExhibitsJSON(
                exhibits: matter.state.evidence.exhibits.map { try ExhibitJSON($0, in: matter.docket) },
                evidence_by: Dictionary(uniqueKeysWithValues: periods)), status: status)
    }

    private func offerByAPI(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (body, bytes) = try context.body(APIBody.Exhibits.self)
        let once = Once(context, body: bytes)
        // The uploads of the first sending are used up; its repeat is only told again.
        if try await answered(before: once) != nil { return try await tellExhibits(context, status: .created) }
        let matter = try await openCase(context, for: .offerEvidence)
        guard !body.exhibits.isEmpty else { throw Refusal.noExhibit }
        // Refused before the uploads are taken, so that they can be sent again with the reason.
        guard !matter.isLate || !(body.reason_for_delay ?? "").isEmpty else { throw Refusal.lateWithoutReason }
        let uploads = try body.exhibits.map { try field("upload", UploadID(rawValue: $0.upload)) }
        let words = try body.exhibits.map { one in
            TrayExhibit.Words(
                name: try field("name", Self.plain(one.name, most: 100)),
                proves: try field("proves", Self.plain(one.proves, most: 500)),
                origin: try field("origin", Self.origin(one.origin)))
        }
        let laid = try await layReady(uploads, in: matter.docket, of: matter.viewer, at: context.now)
        guard laid.count == words.count else { throw Problem.uploadGone }
        try await describe(
            Dictionary(uniqueKeysWithValues: zip(laid, words)), in: matter.docket, of: matter.viewer)
        _ = try await offerTray(
            in: matter.docket, by: matter.viewer, only: Set(laid), reasonForDelay: body.reason_for_delay ?? "",
            once: once, arrived: context.now)
        return try await tellExhibits(context, status: .created)
    }

    // MARK: Answer

    private func tellAnswer(_ context: CourtContext) async throws -> Response {
        let matter = try await openCase(context)
        let due = matter.state.parties.defendant.flatMap { matter.state.evidence.periods[$0.party]?.answerBy?.rawValue }
        let sent = matter.state.evidence.answer
        var draft: AnswerJSON.Draft?
        if sent == nil, matter.place?.role == .defendant, matter.may(.submitAnswer) {
            let answer = try await answerInHand(context)
            let described = answer.exhibits.allSatisfy(\.words.isComplete)
            let digest =
                answer.errors.isEmpty && described ? try await paper(of: answer, on: matter.today).digest.rawValue : nil
            draft = AnswerJSON.Draft(
                form: answer.form.id, version: answer.draft.version, fields: answer.draft.answers.fields,
                open: answer.errors.map(\.field), digest: digest)
        }
        return try .api(
            AnswerJSON(
                answered: matter.state.evidence.answeredAt?.rawValue, answer: sent, draft: draft, due: due))
    }

    private func writeByAPI(_ request: Request, _ context: CourtContext) async throws -> Response {
        let answer = try await answerInHand(context)
        let (body, _) = try context.body(APIBody.AnswerFields.self)
        var answers = answer.draft.answers
        let known = Set(answer.form.steps.flatMap { $0.fields(for: answers, claims: answer.claims) })
            .union(answer.form.questions.map(\.id))
        for (name, values) in body.fields {
            guard known.contains(name) else {
                throw FormErrors(name, Words("这份答辩状没有这一项。", "The answer has no such field."))
            }
            answers.set(name, to: values)
        }
        let isNewest = Int(body.version) == answer.draft.version
        let version =
            isNewest ? try await saveAnswer(answer, answers, version: answer.draft.version, at: context.now) : nil
        guard version != nil else {
            throw Stale([Words("草稿在别处保存过。", "The draft was saved elsewhere.")])
        }
        return try await tellAnswer(context)
    }

    private func signByAPI(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (body, _) = try context.body(APIBody.SignAnswer.self)
        let docket: DocketID = try context.id("docket")
        // The code is no part of what makes the request the same.
        let once = Once(context, body: Array(body.digest.utf8))
        if try await answered(before: once) == nil {
            let answer = try await answerInHand(context)
            _ = try await sendAnswer(
                answer, seen: try field("digest", ContentDigest(rawValue: body.digest)), code: body.code, once: once,
                arrived: context.now)
        }
        guard let signed = try await signedAnswer(of: docket) else { throw NotFound() }
        return try .api(signed.answer, status: .created)
    }

    // MARK: Exchange

    private func tellExchange(_ context: CourtContext) async throws -> Response {
        let matter = try await openCase(context)
        let (state, evidence) = (matter.state, matter.state.evidence)
        let consents = state.parties.places.map {
            ($0.party.rawValue, state.participation.agrees($0.party, to: .evidenceExchange))
        }
        let expected = evidence.exhibits.map { state.parties.others(than: $0.by).count }.reduce(0, +)
        return try .api(
            ExchangeJSON(
                opened: evidence.exchange?.opened.rawValue, until: evidence.exchange?.until.rawValue,
                closed: evidence.exchange?.closed?.rawValue, is_open: evidence.isExchangeOpen(today: matter.today),
                consents: Dictionary(uniqueKeysWithValues: consents),
                opinions_given: evidence.exhibits.map(\.opinions.count).reduce(0, +), opinions_expected: expected,
                findings_made: evidence.exhibits.filter { $0.finding != nil }.count, exhibits: evidence.exhibits.count))
    }

    private func openByAPI(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (body, bytes) = try context.body(APIBody.Window.self)
        let matter = try await openCase(context, for: .setWindow)
        _ = try await openExchange(
            in: matter.docket, until: try field("until", CourtDay(rawValue: body.until)), by: matter.viewer,
            once: Once(context, body: bytes), arrived: context.now)
        return try await tellExchange(context)
    }

    private func tellOpinions(_ context: CourtContext) async throws -> Response {
        let matter = try await openCase(context)
        return try .api(
            OpinionsJSON(
                opinions: matter.state.evidence.exhibits.flatMap { exhibit in
                    exhibit.opinions.values.sorted { $0.party.rawValue < $1.party.rawValue }
                }))
    }

    private func opineByAPI(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (body, bytes) = try context.body(APIBody.Opinion.self)
        let matter = try await openCase(context, for: .opine)
        let exhibit: ExhibitID = try field("exhibit", ExhibitID(rawValue: body.exhibit))
        let views = try [body.authenticity, body.legality, body.relevance].map { view in
            OpinionGiven.View(accepted: view.accepted, reason: try Self.optional("reason", view.reason))
        }
        let differs = try Self.optional("differs_from_original", body.differs_from_original)
        try await giveOpinion(
            in: matter.docket, by: matter.viewer, once: Once(context, body: bytes), arrived: context.now
        ) { party in
            OpinionGiven(
                exhibit: exhibit, party: party, authenticity: views[0], legality: views[1], relevance: views[2],
                differsFromOriginal: differs.isEmpty ? nil : differs)
        }
        return try await tellOpinions(context)
    }

    private func tellFindings(_ context: CourtContext) async throws -> Response {
        let exhibits = try await openCase(context).state.evidence.exhibits
        return try .api(
            FindingsJSON(findings: exhibits.compactMap(\.finding), forms: exhibits.compactMap(\.form)))
    }

    private func findByAPI(_ request: Request, _ context: CourtContext) async throws -> Response {
        let (body, bytes) = try context.body(APIBody.Findings.self)
        let matter = try await openCase(context, for: .findEvidence)
        let exhibit: ExhibitID = try field("exhibit", ExhibitID(rawValue: body.exhibit))
        let once = Once(context, body: bytes)
        let given = [body.authenticity, body.legality, body.relevance].compactMap { $0 }
        switch (given.count, body.form) {
        case (3, nil):
            let findings = try given.map {
                ExhibitFound.Finding(upheld: $0.upheld, reason: try Self.optional("reason", $0.reason))
            }
            let found = ExhibitFound(
                exhibit: exhibit, authenticity: findings[0], legality: findings[1], relevance: findings[2])
            try await find(
                found, in: matter.docket, by: matter.viewer, seen: body.seen, once: once, arrived: context.now)
        case (0, let form?):
            let found = OriginalFormFound(
                exhibit: exhibit, ground: try field("ground", OriginalFormFound.Ground(rawValue: form.ground)),
                reason: try Self.optional("reason", form.reason))
            try await findForm(
                found, in: matter.docket, by: matter.viewer, seen: body.seen, once: once, arrived: context.now)
        default:
            throw FormErrors(
                "form", Words("请给出三项认定，或只给出原件形式的认定。", "Give all three findings, or the one about form alone."))
        }
        return try await tellFindings(context)
    }

    // MARK: Text

    /// - Returns: nil when it is empty, too long, or has control characters.
    private static func plain(_ text: String, most: Int) -> String? {
        guard let read = try? Form(["text": text]).read({ $0.optionalText("text", Words("", ""), max: most) }) else {
            return nil
        }
        return read
    }

    private static func optional(_ name: String, _ text: String?) throws -> String {
        guard let text, !text.isEmpty else { return "" }
        return try field(name, plain(text, most: 1_000))
    }
}
