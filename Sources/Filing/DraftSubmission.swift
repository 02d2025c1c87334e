import Accounts
import Docket
import Procedure
import Proofs
import Storage
import Web

extension FilingArea {
    /// Signs exactly the bytes that were read and sends the complaint, with consents and address, in one transaction.
    ///
    /// A complaint that came back goes in as its correction. The same request sent twice enters one act.
    ///
    /// - Parameters:
    ///   - digest: of the paper the person read.
    ///   - code: the second factor, for this very signature.
    /// - Returns: the entry that holds the complaint.
    /// - Throws: `Stale` when it was changed since; `FormErrors` for a wrong code; a `Refusal` of the rules.
    func submit(
        _ docket: DocketID, digest: String, code: String, by viewer: Viewer, key: IdempotencyKey?, arrived: Instant
    ) async throws -> EntryID {
        let once = DraftOnce(key, "POST /drafts/submit", viewer.account, request: "\(docket) \(digest)")
        if let done = try await once.answer(in: registry).flatMap(EntryID.init(rawValue:)) { return done }
        let hand = try await draft(docket, of: viewer)
        guard viewer.isVerified else { throw Refusal.identityNotVerified }
        guard let drawn = hand.content.drawn, let signed = drawn.document.digest, signed.rawValue == digest else {
            throw Stale([Words.draftChanged])
        }
        let factor = try await secondFactor(code, of: viewer)
        let signature = Signature(account: viewer.account, factor: factor, at: registry.clock.now, digest: signed)
        let complaint = hand.complaint(drawn, signature: signature)

        return try await registry.write(on: [docket], arrived: arrived) { [registry, signer] t in
            if let done = try once.answer(registry, in: t.storage).flatMap(EntryID.init(rawValue:)) { return done }
            let version = hand.draft.version
            guard try DraftTable.take(docket, of: viewer.account, version: version, in: t.storage) else {
                let left = try DraftTable.draft(docket, of: viewer.account, sealing: hand.sealing, in: t.storage)
                throw left == nil ? DraftWasSent(docket: docket) : Stale([Words.draftChanged]) as any Error
            }
            let entered = try Self.enter(complaint, of: hand, by: viewer.confirmed(at: signature.at), in: t)
            let answer = try signer.sign(entered, document: signed)
            try DraftTable.keepAnswer(
                CanonicalJSON.text(JSONCoding.encode(answer)), entry: entered.entry.id, docket: docket,
                account: viewer.account, sealing: hand.sealing, in: t.storage)
            try once.keep(entered.entry.id.rawValue, registry, at: t.now, in: t.storage)
            return entered.entry.id
        }
    }

    private static func enter(
        _ complaint: Complaint, of hand: DraftAtHand, by viewer: Viewer, in t: DocketTransaction
    ) throws -> EnteredAct {
        if hand.sentBefore != nil {
            var open = try t.docket(hand.draft.docket)
            let acting = try viewer.require(.submitCorrection, in: open.state, now: t.now)
            let acts = try open.state.decide(CorrectComplaint(complaint: complaint), in: t.context(acting))
            return try first(of: t.enter(acts, in: &open, by: acting))
        }
        try viewer.require(.submitFiling, as: .plaintiff, in: .draft, now: t.now)
        var open = try t.open(hand.draft.docket, kind: .matter)
        let party = hand.content.plaintiff
        let acting = Acting(account: viewer.account, capacity: .party, party: party)
        let context = t.context(acting)
        let acts = try open.state.decide(SubmitComplaint(complaint: complaint), in: context)
        let entered = try first(of: t.enter(acts, in: &open, by: acting))
        for consent in hand.content.consents {
            let command = AnswerConsent(
                party: party, stage: consent.stage, agreed: consent.agreed, notice: consent.notice)
            try t.enter(open.state.decide(command, in: context), in: &open, by: acting)
        }
        if let address = hand.content.address, address.agreed {
            let command = ConfirmAddress(
                party: party, account: viewer.account, notice: address.notice, postal: address.postal)
            try t.enter(open.state.decide(command, in: context), in: &open, by: acting)
        }
        return entered
    }

    private static func first(of entered: [EnteredAct]) throws -> EnteredAct {
        guard let first = entered.first else { throw Refusal.alreadySubmitted }
        return first
    }

    /// The code for one signature; a wrong one is told at its field and nothing else is lost.
    private func secondFactor(_ code: String, of viewer: Viewer) async throws -> Signature.Factor {
        do {
            return try await confirm(viewer, code.trimmingSpace)
        } catch let refused as SecondFactorRefused {
            throw FormErrors("code", refused.reason)
        }
    }

    /// The plaintiff wants a ruling although the court asked for correction or named another court.
    func insist(
        _ words: String, in docket: DocketID, by viewer: Viewer, key: IdempotencyKey?, arrived: Instant
    ) async throws {
        try requireDrafter(viewer)
        let once = DraftOnce(key, "POST /drafts/insist", viewer.account, request: "\(docket) \(words)")
        guard try await registry.vault.load([docket])[docket] != nil else { throw NotFound() }
        try await registry.write(on: [docket], arrived: arrived) { [registry] t in
            guard try once.answer(registry, in: t.storage) == nil else { return }
            var open: OpenDocket
            do { open = try t.docket(docket) } catch is NoSuchDocket { throw NotFound() }
            let acting = try viewer.require(.insistOnFiling, in: open.state, now: t.now)
            try t.enter(open.state.decide(InsistOnRuling(words: words), in: t.context(acting)), in: &open, by: acting)
            try once.keep("done", registry, at: t.now, in: t.storage)
        }
    }

    /// The court's signed answer to a submission, exactly as it was given.
    ///
    /// - Throws: `NotFound` for anybody but the person it was given to.
    func signedAnswer(_ entry: EntryID, in docket: DocketID, of viewer: Viewer) async throws -> (SignedAnswer, String) {
        guard let keys = try await registry.vault.load([docket])[docket] else { throw NotFound() }
        let sealing = FieldSealing(court: registry.court.code, docket: docket, keys: keys)
        let text = try await registry.store.read {
            try DraftTable.answer(entry, docket: docket, account: viewer.account, sealing: sealing, in: $0)
        }
        guard let text else { throw NotFound() }
        return (try JSONCoding.decode(SignedAnswer.self, from: JSONReader.read(text.utf8)), text)
    }
}

extension Viewer {
    /// The same person, who has just given the second factor for this very step.
    fileprivate func confirmed(at instant: Instant) -> Viewer {
        Viewer(
            account: account, kind: kind, name: name, offices: offices, session: session, secondFactorAt: instant,
            isVerified: isVerified, mustEnrol: mustEnrol)
    }
}
