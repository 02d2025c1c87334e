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
        if offices.contains(.judge), state.filing.complaint != nil, state.filing.docketed == nil {
            relations.append(.rulingJudge)
        }
        if offices.contains(.president) { relations.append(.president) }
        if offices.contains(.clerk) { relations.append(.clerk) }
        if offices.contains(.filingClerk) { relations.append(.filingClerk) }
        return relations.isEmpty ? [.none] : relations
    }

    package func may(_ deed: Deed, in state: CaseState) -> Bool {
        guard !mustEnrol, isVerified || deed.allowsUnverified else { return false }
        return relations(in: state).contains { Permission.allows(deed, $0, offices, Phase(state.phase)) }
    }

    /// Asks for a deed on the state a rule is about to read.
    ///
    /// - Returns: in which part, and for which place, the person acts.
    /// - Throws: `NotFound` when the person may not even know of the case; `Forbidden`; and what `requireReady` throws:
    ///   an identity not yet verified, a second factor not set up or not fresh enough for a signature.
    @discardableResult
    package func require(_ deed: Deed, in state: CaseState, now: Instant) throws -> Acting {
        let phase = Phase(state.phase)
        let mine = relations(in: state)
        guard let relation = mine.first(where: { Permission.allows(deed, $0, offices, phase) }) else {
            let knows = mine.contains { Permission.allows(.readCase, $0, offices, phase) }
            throw knows ? Forbidden(deed) : NotFound() as any Error
        }
        try requireReady(for: deed, now: now)
        return Acting(
            account: account, capacity: relation.capacity, party: state.parties.place(of: account)?.party)
    }
}

extension Relation {
    var capacity: Capacity {
        switch self {
        case .plaintiff, .defendant, .none: .party
        case .judge, .rulingJudge: .judge
        case .president: .president
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
