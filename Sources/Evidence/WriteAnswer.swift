import Accounts
import Crypto
import Docket
import Documents
import Procedure
import Proofs
import Storage
import Web

/// An answer on its way: the case, the form, what is written so far, and the exhibits that go with it.
struct AnswerInHand: Sendable {
    let matter: OpenCase
    let place: PartyPlace
    let form: FormDefinition
    var draft: AnswerDraft
    let exhibits: [TrayExhibit]

    var claims: [Claim] { (matter.state.filing.complaint?.claims ?? []).filter { $0.kind != .costs } }
    var setting: FormSetting { FormSetting(today: matter.today, claims: claims) }
    /// The pages of the form; its exhibits have pages of their own.
    var steps: [FormDefinition.Step] {
        form.steps(for: draft.answers).filter { step in !step.questions.allSatisfy { $0.kind == .evidence } }
    }
    /// What is missing or wrong, over all pages.
    var errors: [FieldError] { form.errors(in: draft.answers, setting: setting) }
}

/// The answer as it would be signed now: the document, its bytes, and the digest a signature binds.
struct AnswerPaper: Sendable {
    let document: LegalDocument
    let pdf: [UInt8]
    let digest: ContentDigest
}

extension EvidenceArea {
    /// Opens the answer of the defendant who asks.
    ///
    /// - Throws: `Forbidden` to everyone else; the refusals of `SubmitAnswer` that stand before any writing.
    func answerInHand(_ context: CourtContext) async throws -> AnswerInHand {
        let matter = try await openCase(context, for: .submitAnswer)
        guard let place = matter.place, place.role == .defendant else { throw Forbidden(.submitAnswer) }
        guard matter.state.service.served(.complaint, on: place.party) != nil else { throw Refusal.complaintNotServed }
        guard matter.state.evidence.answer == nil else { throw Refusal.alreadyAnswered }
        let sealing = try await registry.fieldSealing(matter.docket)
        let saved = try await registry.store.read {
            try AnswerTable.draft(in: matter.docket, of: matter.viewer.account, sealing, $0)
        }
        let definition = saved.flatMap { forms[$0.form] } ?? newestForm(for: matter.state.filing.complaint)
        guard let form = definition else { throw Unavailable() }
        let blank = AnswerDraft(form: form.id, answers: FormAnswers(), version: 0, saved: context.now)
        let exhibits = try await tray(in: matter.docket, of: matter.viewer)
        var draft = saved ?? blank
        draft.answers.set(Self.evidence, to: matter.isLate && !exhibits.isEmpty ? ["late"] : [])
        return AnswerInHand(matter: matter, place: place, form: form, draft: draft, exhibits: exhibits)
    }

    /// The form's question for exhibits. They are kept beside the answers; `late` stands there when they come after
    /// the period, which the form then asks about.
    private static let evidence = "evidence"
    /// The form's question why they do.
    private static let reasonForDelay = "reason_for_delay"

    /// The answer's form that belongs to the complaint's, else the only other one there is.
    private func newestForm(for complaint: Complaint?) -> FormDefinition? {
        let name = complaint?.form.split(separator: "/").first.map { "\($0)-answer" }
        let all = forms.newest(.answer)
        return all.first { $0.name == name } ?? all.first
    }

    /// Saves what was typed.
    ///
    /// - Returns: nil when the draft was saved elsewhere since `version`.
    func saveAnswer(
        _ answer: AnswerInHand, _ answers: FormAnswers, version: Int, at now: Instant
    ) async throws -> Int? {
        let (docket, account) = (answer.matter.docket, answer.matter.viewer.account)
        let sealing = try await registry.fieldSealing(docket)
        let draft = AnswerDraft(form: answer.form.id, answers: answers, version: version, saved: now)
        return try await registry.store.write {
            try AnswerTable.save(draft, in: docket, of: account, at: now, sealing, in: $0)
        }
    }

    /// Draws the answer without storing it. The same draft on the same day gives the same bytes.
    ///
    /// - Throws: a problem when it has a character that cannot be printed.
    func paper(of answer: AnswerInHand, on day: CourtDay) async throws -> AnswerPaper {
        let document = LegalDocument.answer(answer, court: registry.court, on: day)
        do {
            let pdf = try await Disk.blocking { [drawing] in try drawing.draw(document, at: answer.draft.saved) }
            guard let digest = ContentDigest(bytes: Array(SHA256.hash(data: pdf))) else { throw Unavailable() }
            return AnswerPaper(document: document, pdf: pdf, digest: digest)
        } catch is DrawingError {
            throw Problem(
                .unprocessableContent, code: "answer.cannot-be-drawn",
                reason: Words("答辩状中有无法打印的字符。", "The answer has a character that cannot be printed."),
                remedy: Words("请删除表情符号等特殊字符后重试。", "Remove emoji and other special characters, then try again."))
        }
    }

    /// Signs and sends the answer that was read.
    ///
    /// - Parameter seen: the digest of the document as it stood on the page.
    /// - Returns: the page that shows the court's signed answer.
    /// - Throws: `Stale` when it is no longer that document; `FormErrors` about the code or what is missing.
    func sendAnswer(
        _ answer: AnswerInHand, seen: ContentDigest, code: String, once: Once?, arrived: Instant
    ) async throws -> String {
        let (docket, place, viewer) = (answer.matter.docket, answer.place, answer.matter.viewer)
        guard answer.errors.isEmpty else { throw FormErrors(answer.errors) }
        let exhibits = try Self.complete(answer.exhibits)
        let paper = try await paper(of: answer, on: answer.matter.today)
        guard paper.digest == seen else {
            throw Stale([Words("答辩状的内容在您阅读之后有改动。", "The answer has changed since you read it.")])
        }
        let factor = try await askFactor(of: viewer, code)
        let given = registry.clock.now
        let pressed = try await press.press(
            paper.document, .answer, in: docket, drawnAt: answer.draft.saved, stamped: false)
        guard pressed.reference.digest == seen else { throw Unavailable() }
        let body = AnswerSubmitted(
            party: place.party, responses: answer.form.responses(in: answer.draft.answers, to: answer.claims),
            facts: answer.form.facts(in: answer.draft.answers, Voice(.chinese)),
            answers: answer.draft.answers.fields.mapValues { $0.joined(separator: "\n") }, form: answer.form.id,
            exhibits: exhibits, document: pressed.reference,
            signature: Signature(account: viewer.account, factor: factor, at: given, digest: seen))
        let sealing = try await registry.fieldSealing(docket)
        let command = SubmitAnswer(
            answer: body, reasonForDelay: answer.draft.answers[Self.reasonForDelay] ?? "")
        return try await enter(on: docket, once: once, arrived: arrived) { [press, signer] t in
            var open = try t.docket(docket)
            let acting = try viewer.confirmed(at: given).require(.submitAnswer, in: open.state, now: t.now)
            let acts = try open.state.decide(command, in: t.context(acting))
            let entered = try t.enter(acts, in: &open, by: acting)
            try press.record(pressed, at: t.now, in: t.storage)
            if let first = entered.first {
                let json = try CanonicalJSON.bytes(JSONCoding.encode(signer.sign(first, document: seen)))
                try AnswerTable.keep(
                    receipt: String(decoding: json, as: UTF8.self), of: docket, sealing, in: t.storage)
            }
            try AnswerTable.forget(in: docket, of: viewer.account, in: t.storage)
            for one in answer.exhibits {
                try ExhibitTray.remove(one.exhibit, of: viewer.account, in: t.storage)
            }
            return "/cases/\(docket)/answer"
        }
    }

    private func askFactor(of viewer: Viewer, _ code: String) async throws -> Signature.Factor {
        do {
            return try await confirm(viewer, code)
        } catch let refused as SecondFactorRefused {
            throw FormErrors("code", refused.reason)
        }
    }

    /// The court's signed answer to the submission, as it was given; nil when there is none.
    func signedAnswer(of docket: DocketID) async throws -> (answer: SignedAnswer, text: String)? {
        let sealing = try await registry.fieldSealing(docket)
        let text = try await registry.store.read { try AnswerTable.receipt(of: docket, sealing, $0) }
        guard let text else { return nil }
        return (try JSONCoding.decode(SignedAnswer.self, from: JSONReader.read(Array(text.utf8))), text)
    }
}

extension Viewer {
    /// The same person with the second factor that was just taken for this very act.
    fileprivate func confirmed(at instant: Instant) -> Viewer {
        Viewer(
            account: account, kind: kind, name: name, offices: offices, session: session, secondFactorAt: instant,
            isVerified: isVerified, mustEnrol: mustEnrol)
    }
}
