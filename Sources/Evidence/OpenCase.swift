import Accounts
import Docket
import Procedure
import Storage
import Web

/// A case as one person sees it on one page.
struct OpenCase: Sendable {
    let docket: DocketID
    let position: Int
    let state: CaseState
    let viewer: Viewer
    /// What the rules are told, for this person now; also what duties are laid out with.
    let context: Context

    /// The place the person fills, if they are a party.
    var place: PartyPlace? { state.parties.place(of: viewer.account) }
    var isJudge: Bool { viewer.relations(in: state).contains(.judge) }

    func may(_ deed: Deed) -> Bool { viewer.may(deed, in: state) }

    /// The duty of this step, if somebody owes it now.
    func duty(_ step: Duty.Step) -> Duty? { state.duties(in: context).first { $0.step == step } }

    /// The name by which a party is called on a page.
    func name(_ party: PartyID) -> String { state.parties.place(party)?.details.name ?? "" }
    func role(_ party: PartyID) -> Words { state.parties.place(party)?.role.name ?? Words("当事人", "Party") }
}

extension EvidenceArea {
    /// Opens the case of the path for a deed.
    ///
    /// The same is asked again inside the transaction of whatever is then done.
    ///
    /// - Throws: `NotFound` when it does not exist for this person; `Forbidden`.
    func openCase(_ context: CourtContext, for deed: Deed = .readCase) async throws -> OpenCase {
        let docket: DocketID = try context.id("docket")
        let viewer = try context.person()
        guard let (position, state) = try await standing(of: docket) else { throw NotFound() }
        let acting = try viewer.require(.readCase, in: state, now: context.now)
        // Whether a signature's second factor is fresh is asked when the person signs, not when they open the page.
        guard viewer.may(deed, in: state) else { throw Forbidden(deed) }
        return OpenCase(
            docket: docket, position: position, state: state, viewer: viewer,
            context: Context(
                now: context.now, court: registry.court, tables: registry.tables, acting: acting))
    }

    /// - Returns: nil when there is no such docket, or only the keys of a draft.
    func standing(of docket: DocketID) async throws -> (position: Int, state: CaseState)? {
        do {
            let (head, state) = try await registry.docket(docket)
            guard head.kind == .matter else { return nil }
            return (head.position, state)
        } catch is NoSuchDocket {
            return nil
        } catch is KeyVaultError {
            return nil
        }
    }
}
