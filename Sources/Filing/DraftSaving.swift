import Accounts
import Docket
import Foundation
import Procedure
import Storage
import Web

/// What a save was drawn from, and so when it may not silently win.
enum DraftBasis: Sendable {
    /// Saving while typing: exactly this version, or the page shows both.
    case version(Int)
    /// A form that was sent: what the same session wrote meanwhile is its own.
    case page(version: Int?)
    /// The person has seen what stands there, or it does not matter.
    case newest
}

/// The draft was changed elsewhere in the fields that were sent.
struct DraftConflict: ProblemSource {
    let theirs: Form
    let mine: Form
    let version: Int
    let form: FormDefinition

    var problem: Problem {
        let names = Set(mine.pairs.map(\.name)).filter { mine.all($0) != theirs.all($0) }.sorted()
        return Problem(
            .conflict, code: "draft.changed-elsewhere",
            reason: Words("这份草稿在别处也被修改过。", "This draft was also changed elsewhere."),
            remedy: Words(
                "下面列出两处的内容。要保留您刚才填写的，请再次发送；否则返回该页面。",
                "Both are listed below. Send again to keep what you just typed, or go back to the page."),
            changes: names.map { name in
                let title = form.questions.first { $0.owns(name) }?.name ?? Words(name, name)
                let (here, there) = (mine.all(name).joined(separator: "、"), theirs.all(name).joined(separator: "、"))
                return Words(
                    "\(title.zh)：此处“\(here)”，别处“\(there)”", "\(title.en): here “\(here)”, elsewhere “\(there)”")
            })
    }
}

extension Problem {
    static let tooManyDrafts = Problem(
        .unprocessableContent, code: "draft.too-many",
        reason: Words("您的草稿太多。", "You have too many drafts."),
        remedy: Words("请先提交或者删除不用的草稿。", "Send or discard some of them first."),
        wayOut: .init(Words("我的草稿", "My drafts"), path: "/drafts"))

    static let draftTooLarge = Problem(
        .contentTooLarge, code: "draft.too-large",
        reason: Words("草稿的文字太多。", "The draft has too much text."),
        remedy: Words("请缩短文字，把长的材料作为证据上传。", "Shorten it, and upload long material as evidence."))
}

extension FilingArea {
    static let mostDrafts = 20
    static let mostExhibits = 50
    static let mostDraftBytes = 200_000

    /// Begins a draft: its docket's keys are made first, durably, so that the first file has a place (D38).
    ///
    /// - Returns: the docket it may become; the same one for a repeat of the request.
    func beginDraft(_ formID: String, by viewer: Viewer, key: IdempotencyKey?) async throws -> DocketID {
        try requireDrafter(viewer)
        guard let form = forms[formID], form.purpose == .complaint else { throw NotFound() }
        let once = DraftOnce(key, "POST /drafts", viewer.account, request: form.id)
        if let done = try await once.answer(in: registry).flatMap(DocketID.init(rawValue:)) { return done }
        guard try await registry.store.read({ try DraftTable.count(of: viewer.account, in: $0) }) < Self.mostDrafts
        else {
            throw Problem.tooManyDrafts
        }
        let docket = try await registry.newDocket()
        let sealing = try await registry.fieldSealing(docket)
        return try await registry.store.write { [registry] t in
            if let done = try once.answer(registry, in: t).flatMap(DocketID.init(rawValue:)) { return done }
            let now = registry.clock.now
            let draft = Draft(
                docket: docket, account: viewer.account, content: DraftContent(form: form.id), version: 0, writer: nil,
                updated: now)
            guard try DraftTable.write(draft, by: viewer.session, at: now, sealing: sealing, in: t) else {
                throw StorageError.duplicateKey(nil)
            }
            try once.keep(docket.rawValue, registry, at: now, in: t)
            return docket
        }
    }

    /// Changes a draft. A change voids what was drawn from the old content.
    ///
    /// - Parameters:
    ///   - typed: the fields that were sent, for showing both when somebody else changed them.
    ///   - also: writes that belong to the same transaction.
    /// - Throws: `DraftConflict`.
    @discardableResult
    func change(
        _ docket: DocketID, by viewer: Viewer, from basis: DraftBasis, typed: Form = Form(),
        also: @escaping @Sendable (Transaction, Instant) throws -> Void = { _, _ in },
        _ change: @Sendable (inout DraftContent, DraftAtHand) throws -> Void
    ) async throws -> DraftAtHand {
        var tries = 0
        while true {
            let before = try await draft(docket, of: viewer)
            try check(before, basis, typed, viewer)
            var after = before
            try change(&after.draft.content, before)
            guard after.content != before.content else { return before }
            if after.content.drawn == before.content.drawn { after.draft.content.drawn = nil }
            let size = try CanonicalJSON.bytes(JSONCoding.encode(after.content)).count
            guard size <= Self.mostDraftBytes else { throw Problem.draftTooLarge }
            let written = after.draft
            let won = try await registry.store.write { [registry] t in
                let now = registry.clock.now
                guard try DraftTable.write(written, by: viewer.session, at: now, sealing: before.sealing, in: t) else {
                    return false
                }
                try also(t, now)
                return true
            }
            if won { return try await draft(docket, of: viewer) }
            tries += 1
            // Someone else was faster; the fields they did not touch are still ours to save.
            guard tries < 5 else { throw Unavailable() }
        }
    }

    private func check(_ hand: DraftAtHand, _ basis: DraftBasis, _ typed: Form, _ viewer: Viewer) throws {
        let stale: Bool
        switch basis {
        case .version(let version): stale = version != hand.draft.version
        case .page(let version?): stale = version != hand.draft.version && hand.draft.writer != viewer.session
        case .page(nil), .newest: stale = false
        }
        guard stale else { return }
        let names = Set(typed.pairs.map(\.name))
        let all = Form(pairs: hand.answers.form.pairs + hand.content.exhibitFields)
        let theirs = Form(pairs: all.pairs.filter { names.contains($0.name) })
        guard names.contains(where: { typed.all($0) != theirs.all($0) }) else { return }
        throw DraftConflict(theirs: theirs, mine: typed, version: hand.draft.version, form: hand.form)
    }

    /// Takes the fields a page was drawn with; what the form does not have is not kept.
    ///
    /// - Parameter names: all fields of the page, also those that came empty.
    @discardableResult
    func save(
        _ typed: Form, fields names: [String], in docket: DocketID, by viewer: Viewer, from basis: DraftBasis
    ) async throws -> DraftAtHand {
        try await change(docket, by: viewer, from: basis, typed: typed) { content, hand in
            let own = names.filter { hand.form.hasField($0) && hand.known[$0] == nil }
            content.answers.take(own, from: typed)
            content.takeExhibits(from: typed)
        }
    }

    /// Gives a draft up. What was never sent is erased with its keys; a correction only goes back to what was sent.
    func discard(_ docket: DocketID, by viewer: Viewer) async throws {
        let hand = try await draft(docket, of: viewer)
        let gone = try await registry.store.write { try DraftTable.delete(docket, of: viewer.account, in: $0) }
        // Only whoever deleted the row, and only where no case was ever opened.
        guard gone, hand.sentBefore == nil else { return }
        try await registry.vault.destroy(docket, at: registry.clock.now)
    }
}

/// One request, once (D31): the answer of the first is kept in the transaction that did the work.
struct DraftOnce: Sendable {
    private let name: String?
    private let scope: String
    private let request: [UInt8]

    init(_ key: IdempotencyKey?, _ route: String, _ account: AccountID, request: String) {
        name = key?.rawValue
        scope = "\(account) \(route)"
        self.request = Array(request.utf8)
    }

    func answer(in registry: Registry) async throws -> String? {
        guard name != nil else { return nil }
        return try await registry.store.write { try answer(registry, in: $0) }
    }

    func answer(_ registry: Registry, in t: Transaction) throws -> String? {
        guard let name else { return nil }
        do {
            let standing = try Idempotency.check(name, scope: scope, request: request, key: registry.courtKey, in: t)
            guard case .done(let answer) = standing else { return nil }
            return answer
        } catch is IdempotencyKeyReused {
            throw Problem(
                .unprocessableContent, code: "idempotency.reused",
                reason: Words("这个请求标识已用于另一请求。", "This request key was used for another request."),
                remedy: Words("请返回页面重新提交。", "Go back to the page and send it again."))
        }
    }

    func keep(_ answer: String, _ registry: Registry, at now: Instant, in t: Transaction) throws {
        guard let name else { return }
        try Idempotency.keep(
            name, scope: scope, request: request, answer: answer, key: registry.courtKey, at: now, in: t)
    }
}
