import Docket
import Procedure

/// Asks the permission table on the state a rule reads, inside the same transaction (D17).
extension Viewer {
    /// What this person is in a case; one person may be several things, never both a party and of the court.
    package func relations(in state: CaseState) -> [Relation] {
        if let place = state.parties.place(of: account) {
            return [place.role == .plaintiff ? .plaintiff : .defendant]
        }
        var relations: [Relation] = []
        if offices.contains(.judge), state.filing.docketed?.draw.drawn == account { relations.append(.judge) }
        if offices.contains(.clerk) { relations.append(.clerk) }
        if offices.contains(.filingClerk) { relations.append(.filingClerk) }
        return relations.isEmpty ? [.none] : relations
    }

    package func may(_ deed: Deed, in state: CaseState) -> Bool {
        guard isVerified || deed.allowsUnverified || isStaff else { return false }
        return relations(in: state).contains { Permission.allows(deed, $0, offices, Phase(state.phase)) }
    }

    /// - Returns: in which part, and for which place, the person acts.
    /// - Throws: `NotFound` when the person may not even know of the case; `Forbidden` otherwise.
    @discardableResult
    package func require(_ deed: Deed, in state: CaseState) throws -> Acting {
        guard may(.readCase, in: state) || may(deed, in: state) else { throw NotFound() }
        guard
            let relation = relations(in: state).first(where: { Permission.allows(deed, $0, offices, Phase(state.phase)) }),
            may(deed, in: state)
        else { throw Forbidden(deed) }
        return Acting(
            account: account, capacity: relation.capacity, party: state.parties.place(of: account)?.party)
    }
}

extension Relation {
    var capacity: Capacity {
        switch self {
        case .plaintiff, .defendant, .none: .party
        case .judge: .judge
        case .clerk: .clerk
        case .filingClerk: .filingClerk
        }
    }
}

extension Phase {
    /// How far a case has come, as coarse as permission needs it.
    package init(_ phase: CasePhase) {
        switch phase {
        case .draft: self = .draft
        case .submitted, .correcting: self = .submitted
        case .docketed: self = .docketed
        case .exchange: self = .pretrial
        case .hearing, .deliberation: self = .hearing
        case .judged: self = .judged
        case .closed: self = .closed
        case .archived: self = .archived
        }
    }
}
