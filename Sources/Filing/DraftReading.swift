import Accounts
import Docket
import Procedure
import Storage
import Web

/// A draft with all that its pages need: the form, the person, and what the court asked to be corrected.
struct DraftAtHand: Sendable {
    var draft: Draft
    let form: FormDefinition
    let account: Account
    /// The one correction list, when the complaint came back.
    let correction: FilingState.CorrectionRound?
    /// The time for it; nil until its notice was served.
    let correctionTerm: CorrectionTerm?
    /// The complaint as it was sent before, when it came back.
    let sentBefore: Complaint?
    let sealing: FieldSealing

    var content: DraftContent { draft.content }

    /// What the verified account says of the plaintiff; never asked, never taken from a form.
    var known: [String: String] {
        var known = ["plaintiff.name": account.name]
        if let number = account.residentNumber { known["plaintiff.resident_number"] = number.rawValue }
        return known
    }

    /// The answers with what is known and what can be offered.
    var answers: FormAnswers {
        var answers = content.answers
        for (field, value) in known { answers.set(field, to: [value]) }
        if answers.fields["plaintiff.telephone"] == nil, let mobile = account.mobile {
            answers.set("plaintiff.telephone", to: [mobile])
        }
        return form.suggesting(answers)
    }
}

/// The draft is none any more: it was sent. Its case is where to go on.
struct DraftWasSent: ProblemSource {
    let docket: DocketID

    var problem: Problem {
        Problem(
            .conflict, code: Refusal.alreadySubmitted.code, reason: Refusal.alreadySubmitted.reason,
            remedy: Refusal.alreadySubmitted.remedy,
            wayOut: .init(Words("打开案件", "Open the case"), path: "/cases/\(docket)"))
    }
}

extension FilingArea {
    /// Lets a person draft, or says why not. Staff never act as parties in the account of their office.
    func requireDrafter(_ viewer: Viewer) throws {
        guard !viewer.isStaff, Permission.allows(.editDraft, .plaintiff, viewer.offices, .draft) else {
            throw Forbidden(.editDraft)
        }
        guard !viewer.mustEnrol else { throw EnrolmentNeeded() }
    }

    /// Opens a draft of this person, or one that begins from a complaint the court sent back.
    ///
    /// - Throws: `NotFound` for what is not theirs; `DraftWasSent`.
    func draft(_ docket: DocketID, of viewer: Viewer) async throws -> DraftAtHand {
        try requireDrafter(viewer)
        guard let keys = try await registry.vault.load([docket])[docket] else { throw NotFound() }
        let sealing = FieldSealing(court: registry.court.code, docket: docket, keys: keys)
        let (stored, state, account) = try await registry.store.read { [registry, accounts] reading in
            let stored = try DraftTable.draft(docket, of: viewer.account, sealing: sealing, in: reading)
            let account = try accounts.account(viewer.account, in: reading)
            do {
                return (stored, try registry.docket(docket, in: reading).state as CaseState?, account)
            } catch is NoSuchDocket {
                return (stored, nil, account)
            }
        }
        guard let account else { throw NotFound() }
        guard let state else {
            guard let stored else { throw NotFound() }
            return try atHand(stored, account, nil, sealing)
        }
        guard state.parties.place(of: viewer.account)?.role == .plaintiff else { throw NotFound() }
        guard state.filing.isAwaitingCorrection, let complaint = state.filing.complaint else {
            throw DraftWasSent(docket: docket)
        }
        let draft =
            stored
            ?? Draft(
                docket: docket, account: viewer.account,
                content: DraftContent(correcting: complaint, in: forms[complaint.form]),
                version: 0, writer: nil, updated: registry.clock.now)
        return try atHand(draft, account, state, sealing)
    }

    private func atHand(
        _ stored: Draft, _ account: Account, _ state: CaseState?, _ sealing: FieldSealing
    ) throws -> DraftAtHand {
        var draft = stored
        let name = String(draft.content.form.prefix { $0 != "/" })
        // A form whose version is gone goes on as the newest of its name; what was drawn from the old one is void.
        guard let form = forms[draft.content.form] ?? forms.newest(.complaint).first(where: { $0.name == name }) else {
            throw NotFound()
        }
        if form.id != draft.content.form {
            draft.content.form = form.id
            draft.content.drawn = nil
        }
        let law = Context(
            now: registry.clock.now, court: registry.court, tables: registry.tables,
            acting: Acting(account: account.id, capacity: .party))
        return DraftAtHand(
            draft: draft, form: form, account: account, correction: state?.filing.correction,
            correctionTerm: state?.correctionTerm(in: law), sentBefore: state?.filing.complaint, sealing: sealing)
    }

    /// A person's drafts, the one touched last first.
    func drafts(of viewer: Viewer) async throws -> [DraftAtHand] {
        try requireDrafter(viewer)
        let dockets = try await registry.store.read { try DraftTable.dockets(of: viewer.account, in: $0) }
        var drafts: [DraftAtHand] = []
        for docket in dockets {
            do {
                drafts.append(try await draft(docket, of: viewer))
            } catch is DraftWasSent {
                continue  // A correction that the court has decided meanwhile.
            }
        }
        return drafts
    }
}

extension DraftContent {
    /// Begins a correction from what was sent: the same answers, exhibits, places and claims.
    init(correcting complaint: Complaint, in form: FormDefinition?) {
        self.init(form: complaint.form)
        answers = FormAnswers(
            Dictionary(
                uniqueKeysWithValues: complaint.answers.map { field, text in
                    let isList = [.choices, .claims].contains(form?.question(field)?.kind)
                    return (field, isList ? text.split(separator: " ").map(String.init) : [text])
                }))
        exhibits = complaint.exhibits.map {
            Exhibit(exhibit: $0.exhibit, name: $0.name, proves: $0.proves, origin: $0.origin, file: $0.file)
        }
        for place in complaint.parties {
            switch place.role {
            case .plaintiff: plaintiff = place.party
            case .defendant: defendant = place.party
            }
        }
        for (made, claim) in zip(form?.claimsMade(in: answers) ?? [], complaint.claims) {
            claims[made.pattern.id] = claim.claim
        }
    }

    /// The answers as the complaint keeps them: one text a field, several choices with a space between.
    func storedAnswers(of form: FormDefinition, known: [String: String]) -> [String: String] {
        var stored: [String: String] = [:]
        for (field, values) in answers.fields where form.hasField(field) && known[field] == nil {
            let text = values.filter { !$0.isEmpty }.joined(separator: " ")
            if !text.isEmpty { stored[field] = text }
        }
        return stored
    }
}
