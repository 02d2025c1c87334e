import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Proofs
import Storage
import Web

/// The case as its docket (卷宗): lists, the case page, the proof of each entry, the archive.
package struct CaseFileArea: Sendable {
    let registry: Registry
    let files: FileStore
    let receipts: Receipts
    let sequencer: Sequencer
    let signing: SigningKeys

    package init(
        registry: Registry, files: FileStore, receipts: Receipts, sequencer: Sequencer, signing: SigningKeys
    ) {
        self.registry = registry
        self.files = files
        self.receipts = receipts
        self.sequencer = sequencer
        self.signing = signing
    }

    /// The working tables of this area.
    package static let migrations: [Migration] = [EditionTable.migration]

    /// Takes away what is kept of a docket whose keys are destroyed.
    package static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try EditionTable.forget(docket, in: transaction)
    }
    package var handlers: [EffectHandler] { [] }

    package func mount(on routes: inout Routes) {
        routes.get("/cases", face: .public) { [self] _, context in try await CaseLists(area: self).mine(context) }
        routes.get("/desk", face: .chambers) { [self] _, context in try await CaseLists(area: self).desk(context) }
        routes.post("/desk/search", face: .chambers) { [self] _, context in
            try await CaseLists(area: self).search(context)
        }
        routes.get("/cases/:docket", face: .both) { [self] _, context in try await CasePage(area: self).page(context) }
        routes.get("/cases/:docket/entries/:entry", face: .both) { [self] _, context in
            try await ProofPage(area: self).page(context)
        }
        routes.get("/cases/:docket/entries/:entry/receipt", face: .both, kind: .asset) { [self] _, context in
            try await ProofPage(area: self).receipt(context)
        }
        routes.get("/cases/:docket/file.zip", face: .both, kind: .asset) { [self] request, context in
            try await CaseFileDownload(area: self).send(request, context)
        }
        routes.get("/ledger/policy", face: .both, kind: .asset, access: .anyone) { [self] _, _ in
            Response.download(
                name: "ledger-policy.txt", mediaType: "text/plain; charset=utf-8", bytes: nil,
                body: .init(byteBuffer: .init(string: try signing.policy)))
        }
        routes.form(
            "/cases/:docket/archive", face: .chambers,
            show: { [self] _, context, typed in try await ArchivePage(area: self).page(context, typed) },
            send: { [self] _, context in try await ArchivePage(area: self).archive(context) })
        mountAPI(on: &routes)
    }

    /// Reads a case for someone who may read it; for everyone else it does not exist.
    func read(_ context: CourtContext) async throws -> ReadCase {
        let viewer = try context.person()
        let docket: DocketID = try context.id("docket")
        do {
            let (head, state) = try await registry.docket(docket)
            guard head.kind == .matter, viewer.may(.readCase, in: state) else { throw NotFound() }
            return ReadCase(docket: docket, head: head, state: state, viewer: viewer)
        } catch is NoSuchDocket {
            throw NotFound()
        } catch KeyVaultError.unknown {
            throw NotFound()
        }
    }

    /// The entries this person may see, numbered in their volume, oldest first.
    func visibleEntries(_ read: ReadCase) async throws -> [OpenedEntry] {
        let chambers = read.viewer.may(.readChambers, in: read.state)
        return try await registry.entries(of: read.docket).filter { $0.entry.volume == .main || chambers }
    }
}

/// A case somebody may read, at one moment.
struct ReadCase: Sendable {
    let docket: DocketID
    let head: DocketHead
    let state: CaseState
    let viewer: Viewer

    /// The place this person fills, if any.
    var place: PartyPlace? { state.parties.place(of: viewer.account) }
}
