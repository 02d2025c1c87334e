import Accounts
import Docket
import Procedure
import Storage
import Web

/// A case as one person sees it on the pages of its hearing.
struct HeardCase: Sendable {
    let docket: DocketID
    let position: Int
    let state: CaseState
    let viewer: Viewer
    /// What the rules are told, for this person now.
    let law: Context

    /// The place the person fills, if they are a party.
    var place: PartyPlace? { state.parties.place(of: viewer.account) }
    var isJudge: Bool { viewer.relations(in: state).contains(.judge) }
    var hearing: HearingState { state.hearing }

    func may(_ deed: Deed) -> Bool { viewer.may(deed, in: state) }

    /// 原告 张伟 · Plaintiff 张伟
    func speaker(_ party: PartyID) -> Words {
        guard let place = state.parties.place(party) else { return Words("当事人", "A party") }
        return Words("\(place.role.name.zh) \(place.details.name)", "\(place.role.name.en) \(place.details.name)")
    }

    func path(_ step: HearingStep) -> String { "/cases/\(docket)/hearing/\(step.rawValue)" }
    func path(_ step: TranscriptStep) -> String { "/cases/\(docket)/transcript/\(step.rawValue)" }

    var crumbs: [Page.Link] {
        [Page.Link(Words("案件", "Case"), path: "/cases/\(docket)")]
    }

    /// The judge drawn for the case, as the record of the draw names them.
    var judgeName: String { state.judgeName }
}

extension CaseState {
    var judgeName: String {
        guard let draw = filing.docketed?.draw else { return "" }
        return draw.candidates.first { $0.judge == draw.drawn }?.name ?? ""
    }
}

extension HearingArea {
    /// Opens the case of the path for reading.
    ///
    /// - Throws: `NotFound` when it does not exist for this person.
    func open(_ context: CourtContext) async throws -> HeardCase {
        let viewer = try context.person()
        let docket: DocketID = try context.id("docket")
        do {
            let (head, state) = try await registry.docket(docket)
            guard head.kind == .matter, state.filing.docketed != nil else { throw NotFound() }
            let acting = try viewer.require(.readCase, in: state, now: context.now)
            let law = Context(now: context.now, court: registry.court, tables: registry.tables, acting: acting)
            return HeardCase(docket: docket, position: head.position, state: state, viewer: viewer, law: law)
        } catch is NoSuchDocket {
            throw NotFound()
        } catch is KeyVaultError {
            throw NotFound()
        }
    }

    func course(of docket: DocketID) async throws -> HearingCourse {
        HearingCourse(try await registry.entries(of: docket))
    }

    /// The HTML view of a stored document, as it was drawn.
    func html(of document: DocumentReference) async throws -> HTML {
        guard let reference = document.files.first(where: { $0.mediaType == "text/html" }),
            let stored = try await files.file(reference.file)
        else { throw NotFound() }
        let bytes = try await files.open(stored).read(0..<stored.size)
        guard let drawn = DrawnDocument(storedPage: bytes) else { throw NotFound() }
        return drawn.html
    }
}
