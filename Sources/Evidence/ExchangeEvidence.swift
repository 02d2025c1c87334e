import Accounts
import Crypto
import Docket
import Procedure
import Storage
import Web

/// The window in which parties speak on each other's exhibits, and the court's findings.
extension EvidenceArea {
    /// Opens the window. For the judge of the case.
    func openExchange(
        in docket: DocketID, until: CourtDay, by viewer: Viewer, once: Once?, arrived: Instant
    ) async throws -> String {
        try await act(.setWindow, in: docket, by: viewer, once: once, arrived: arrived) { state, context in
            try state.decide(OpenExchange(until: until), in: context)
        }
        return "/cases/\(docket)/exchange"
    }

    /// Closes the window. For the judge of the case.
    func closeExchange(
        in docket: DocketID, by viewer: Viewer, once: Once?, arrived: Instant
    ) async throws -> String {
        try await act(.setWindow, in: docket, by: viewer, once: once, arrived: arrived) { state, context in
            try state.decide(CloseExchange(), in: context)
        }
        return "/cases/\(docket)/exchange"
    }

    /// One party agrees that the window end early.
    func agreeToEndExchange(
        in docket: DocketID, by viewer: Viewer, once: Once?, arrived: Instant
    ) async throws -> String {
        try await act(.opine, in: docket, by: viewer, once: once, arrived: arrived) { state, context in
            guard let party = context.acting.party else { throw Forbidden(.opine) }
            return try state.decide(AgreeToEndExchange(party: party), in: context)
        }
        return "/cases/\(docket)/exchange"
    }

    /// Enters one party's opinion on an exhibit of the other.
    ///
    /// - Parameter opinion: made with the party that acts.
    func giveOpinion(
        in docket: DocketID, by viewer: Viewer, once: Once?, arrived: Instant,
        _ opinion: @escaping @Sendable (PartyID) -> OpinionGiven
    ) async throws {
        try await act(.opine, in: docket, by: viewer, once: once, arrived: arrived) { state, context in
            guard let party = context.acting.party else { throw Forbidden(.opine) }
            return try state.decide(GiveOpinion(opinion: opinion(party)), in: context)
        }
    }

    /// Enters the three findings on an exhibit.
    ///
    /// - Parameter seen: the mark of the exhibit as the judge saw it.
    /// - Throws: `Stale` when somebody spoke on it meanwhile.
    func find(
        _ finding: ExhibitFound, in docket: DocketID, by viewer: Viewer, seen: String, once: Once?, arrived: Instant
    ) async throws {
        try await act(.findEvidence, in: docket, by: viewer, once: once, arrived: arrived) { state, context in
            try Self.requireUnchanged(finding.exhibit, in: state, since: seen)
            return try state.decide(FindExhibit(finding: finding), in: context)
        }
    }

    /// Enters the finding that a copy meets the form of an original.
    func findForm(
        _ finding: OriginalFormFound, in docket: DocketID, by viewer: Viewer, seen: String, once: Once?,
        arrived: Instant
    ) async throws {
        try await act(.findEvidence, in: docket, by: viewer, once: once, arrived: arrived) { state, context in
            try Self.requireUnchanged(finding.exhibit, in: state, since: seen)
            return try state.decide(FindOriginalForm(finding: finding), in: context)
        }
    }

    private func act(
        _ deed: Deed, in docket: DocketID, by viewer: Viewer, once: Once?, arrived: Instant,
        _ decide: @escaping @Sendable (CaseState, Context) throws -> [DecidedAct]
    ) async throws {
        _ = try await enter(on: docket, once: once, arrived: arrived) { t in
            var open = try t.docket(docket)
            let acting = try viewer.require(deed, in: open.state, now: t.now)
            try t.enter(try decide(open.state, t.context(acting)), in: &open, by: acting)
            return ""
        }
    }

    private static func requireUnchanged(_ id: ExhibitID, in state: CaseState, since seen: String) throws {
        guard let exhibit = state.evidence.exhibit(id) else { return }
        guard try exhibit.mark == seen else {
            throw Stale([
                Words(
                    "您打开页面之后，证据\(exhibit.ordinal)有了新的意见或认定。",
                    "Since you opened the page, somebody has spoken on exhibit \(exhibit.ordinal).")
            ])
        }
    }
}

extension EvidenceState.Exhibit {
    /// Another text whenever anything was said or found about the exhibit; what a judge decides on is bound to it.
    var mark: String {
        get throws {
            let spoken = opinions.values.sorted { $0.party.rawValue < $1.party.rawValue }
            var digest = SHA256()
            for opinion in spoken { digest.update(data: try CanonicalJSON.bytes(JSONCoding.encode(opinion))) }
            if let form { digest.update(data: try CanonicalJSON.bytes(JSONCoding.encode(form))) }
            if let finding { digest.update(data: try CanonicalJSON.bytes(JSONCoding.encode(finding))) }
            return ContentDigest(bytes: Array(digest.finalize()))?.hex ?? ""
        }
    }
}
