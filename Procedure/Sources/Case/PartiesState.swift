/// The places in the case and who fills them (当事人).
public struct PartiesState: Hashable, Sendable {
    public private(set) var places: [PartyPlace] = []
    public private(set) var filledBy: [PartyID: AccountID] = [:]

    mutating func apply(_ act: FilingAct, in entry: Entry) {
        switch act {
        case .submitted(let body):
            places = body.complaint.parties
            if let plaintiff = plaintiff?.party { filledBy[plaintiff] = entry.by }
        case .corrected(let body): places = body.complaint.parties
        default: break
        }
    }

    mutating func apply(_ act: ParticipationAct) {
        if case .linked(let body) = act { filledBy[body.party] = body.account }
    }

    public var plaintiff: PartyPlace? { places.first { $0.role == .plaintiff } }
    public var defendant: PartyPlace? { places.first { $0.role == .defendant } }

    public func place(_ party: PartyID) -> PartyPlace? { places.first { $0.party == party } }

    /// The place this account fills, if any.
    public func place(of account: AccountID) -> PartyPlace? {
        places.first { filledBy[$0.party] == account }
    }

    public func others(than party: PartyID) -> [PartyPlace] { places.filter { $0.party != party } }
}
