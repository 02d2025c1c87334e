import Accounts
import Docket
import Procedure
import Storage
import Web

/// What someone who holds a code may see of the case before signing in.
struct LinkPreview: Sendable {
    let docket: DocketID
    let number: String
    let plaintiff: String
    let defendant: String
    let cause: Words
    let sum: Money
    let answerBy: CourtDay?
    /// Whose account the place has already.
    let filledBy: AccountID?
}

extension ServiceArea {
    private var pendingLinks: PendingLinkTable { PendingLinkTable(key: registry.courtKey) }

    /// Takes a code as typed and keeps it, sealed, for the hour in which its owner signs in.
    ///
    /// - Returns: the token that the browser holds instead of the code.
    /// - Throws: `FormErrors` for a wrong, used or expired code, all alike; `TooManyAttempts`.
    func begin(_ typed: String, from client: Client) async throws -> String {
        do {
            let invitation = try await InvitationCodes(accounts).check(typed, from: client)
            let token = SpokenCode.random(length: SpokenCode.letterLength).text
            let now = registry.clock.now
            let pending = PendingLinkTable.Pending(docket: invitation.docket, party: invitation.party, code: typed)
            try await registry.store.write { [pendingLinks] t in
                try pendingLinks.keep(pending, under: token, at: now, in: t)
            }
            return token
        } catch let refused as CodeRefused {
            throw FormErrors("code", refused.repair)
        }
    }

    /// What the token's code leads to; nil when its hour is over or it was never there.
    func preview(_ token: String) async throws -> LinkPreview? {
        let now = registry.clock.now
        let pending = try await registry.store.read { [pendingLinks] in
            try pendingLinks.pending(token, at: now, in: $0)
        }
        guard let pending else { return nil }
        let state = try await state(of: pending.docket)
        guard let plaintiff = state.parties.plaintiff, let place = state.parties.place(pending.party) else {
            return nil
        }
        return LinkPreview(
            docket: pending.docket, number: name(of: state), plaintiff: plaintiff.details.name,
            defendant: place.details.name, cause: causeName(state),
            sum: state.filing.complaint?.sumInDispute ?? .zero,
            answerBy: state.participation.invitations[pending.party]?.answerBy,
            filledBy: state.parties.filledBy[pending.party])
    }

    /// Links the case to the person's account: the code is used up, the receipt of the letter written down if it was not
    /// known, and the place filled, in one transaction.
    ///
    /// - Returns: the docket.
    /// - Throws: `FormErrors` when the code no longer stands; a `Refusal`, such as for an unverified person.
    /// - Source: Online Litigation Rules arts. 7, 10.
    func link(_ token: String, by viewer: Viewer, arrived: Instant, from client: Client) async throws -> DocketID {
        let now = registry.clock.now
        let pending = try await registry.store.read { [pendingLinks] in
            try pendingLinks.pending(token, at: now, in: $0)
        }
        guard let pending else { throw FormErrors("code", CodeRefused().repair) }
        return try await link(pending, by: viewer, arrived: arrived, from: client, forgetting: token)
    }

    /// The same with the code at hand.
    func link(
        _ pending: PendingLinkTable.Pending, by viewer: Viewer, arrived: Instant, from client: Client,
        forgetting token: String? = nil
    ) async throws -> DocketID {
        let state = try await state(of: pending.docket)
        // Sent twice, or come back by the browser's history: it is linked already.
        if state.parties.filledBy[pending.party] == viewer.account { return pending.docket }
        do {
            return try await InvitationCodes(accounts).redeem(pending.code, by: viewer, from: client) { t, invitation in
                guard invitation.docket == pending.docket, invitation.party == pending.party else {
                    throw CodeRefused()
                }
                try registry.join(t, arrived: arrived) { try enterLink(of: invitation, by: viewer, in: $0) }
                if let token { try pendingLinks.forget(token, in: t) }
                return invitation.docket
            }
        } catch let refused as CodeRefused {
            throw FormErrors("code", refused.repair)
        }
    }

    private func enterLink(of invitation: Invitation, by viewer: Viewer, in t: DocketTransaction) throws {
        var open = try t.docket(invitation.docket)
        if let place = open.state.parties.place(of: viewer.account), place.party != invitation.party {
            throw Refusal.opponentsAccount
        }
        try viewer.require(.linkCase, in: open.state, now: t.now)
        guard let account = try accounts.account(viewer.account, in: t.storage), account.verifiedAt != nil else {
            throw Refusal.identityNotVerified
        }
        let acting = Acting(account: viewer.account, capacity: .party, party: invitation.party)
        let context = t.context(acting)
        let receipt = try open.state.decide(
            RecordInvitationReceived(party: invitation.party, basis: .codeUsed), in: context)
        try t.enter(receipt, in: &open, by: acting)
        let link = LinkCase(party: invitation.party, account: viewer.account, verifiedName: account.name)
        try t.enter(try open.state.decide(link, in: context), in: &open, by: acting)
        try letters.move(to: .received, for: invitation.party, in: invitation.docket, at: t.now, in: t.storage)
    }
}

extension CodeRefused {
    /// The reason, and what to do about it.
    var repair: Words {
        Words(
            reason.zh + "请对照代码页重新输入；仍不成功的，请致电本院。",
            reason.en + " Compare it with the sheet and type it again. If it still fails, telephone the court.")
    }
}
