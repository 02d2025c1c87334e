import Accounts
import Docket
import Procedure
import Storage
import Web

extension ServiceArea {
    /// The stages this court asks about. The others get their question when they get their pages.
    static let askedStages: [Stage] = [.evidenceExchange, .hearing]

    /// Records one answer for one stage; it says nothing about any other.
    ///
    /// - Parameter seen: the digest of the notice as it was shown, so that what was read is what is recorded.
    /// - Throws: `Stale` when another notice stands there now; `NotFound`, `Forbidden`, a `Refusal`.
    /// - Source: Online Litigation Rules arts. 4, 5.
    func answerConsent(
        in docket: DocketID, _ stage: Stage, agreed: Bool, seen: String, by viewer: Viewer, arrived: Instant, once: Once
    ) async throws -> String {
        let notice = try shown(seen, of: stage == .service ? notices.electronicService : notices.onlineStages)
        _ = try await state(of: docket)
        return try await registry.write(on: [docket], arrived: arrived) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.answerConsent, in: open.state, now: t.now)
                guard let party = acting.party else { throw Refusal.notAParty }
                let command = AnswerConsent(party: party, stage: stage, agreed: agreed, notice: notice)
                try t.enter(try open.state.decide(command, in: t.context(acting)), in: &open, by: acting)
                return "/cases/\(docket)/consents"
            }
        }
    }

    /// The notice in the language in which it was shown.
    ///
    /// - Throws: `Stale` when the digest is of another version.
    func shown(_ digest: String, of notice: NoticeText) throws -> NoticeShown {
        for language in Language.allCases {
            let shown = notice.shown(in: language)
            if shown.digest.rawValue == digest { return shown }
        }
        throw Stale([Words("告知内容已有新版本，请重新阅读。", "The notice has a new version. Please read it again.")])
    }

    /// Says where documents may be served, and puts the complaint in the outbox for a defendant who awaits it.
    ///
    /// - Source: Online Litigation Rules arts. 29, 30.
    func confirmAddress(
        in docket: DocketID, postal: String, seen: String, by viewer: Viewer, arrived: Instant, once: Once
    ) async throws -> String {
        let notice = try shown(seen, of: notices.electronicService)
        _ = try await state(of: docket)
        return try await registry.write(on: [docket], arrived: arrived) { t in
            try once.perform(in: t) {
                var open = try t.docket(docket)
                let acting = try viewer.require(.confirmAddress, in: open.state, now: t.now)
                guard let party = acting.party else { throw Refusal.notAParty }
                let context = t.context(acting)
                let agree = AnswerConsent(party: party, stage: .service, agreed: true, notice: notice)
                let confirm = ConfirmAddress(
                    party: party, account: viewer.account, notice: notice, postal: postal)
                try t.enter(try open.state.decide(agree, in: context), in: &open, by: acting)
                try t.enter(try open.state.decide(confirm, in: context), in: &open, by: acting)
                for effect in ServiceEffect.due(to: party, in: open.state, docket) { try t.effect(effect) }
                return "/cases/\(docket)/address"
            }
        }
    }
}

extension CaseState {
    /// Whether this is a defendant who can be served the complaint electronically and was not.
    func awaitsComplaint(_ party: PartyID) -> Bool {
        parties.place(party)?.role == .defendant && canBeServed(party) && service.served(.complaint, on: party) == nil
            && filing.docketed != nil && closing.manner == nil
    }
    /// Whether this is the plaintiff of a registered case who has not got the notices that go with it.
    func awaitsDocketingNotices(_ party: PartyID) -> Bool {
        parties.place(party)?.role == .plaintiff && canBeServed(party)
            && service.served(.acceptanceNotice, on: party) == nil && filing.docketed != nil && closing.manner == nil
    }
}
