import Accounts
import Crypto
import Docket
import Foundation
import Ledger
import Procedure
import Proofs
import Storage

/// The case file as one reader gets it (案卷), as a zip that proves itself: always the same bytes to the same reader while
/// the docket stands where it stood.
struct CaseFileCopy: Sendable {
    let parts: [ZipPart]
    /// What every part is dated: the last entry the reader sees.
    let time: Instant
    /// The length of the zip.
    let bytes: Int64
    /// Names these very bytes. It hangs on salts only readers of the file are given, so nobody else can name it.
    let tag: String
    /// What the zip is called when it is saved.
    let name: String
}

/// A docket as one reader may see it, at one moment.
struct DocketView: Sendable {
    let docket: DocketID
    let head: DocketHead
    let state: CaseState
    /// In order; those of the chambers volume only for who may read it.
    let entries: [OpenedEntry]
    /// Whether both volumes are here: the court's own copy.
    let isWhole: Bool
    /// Digests of what an entry names and this reader is not given (D16).
    let withheld: Set<ContentDigest>
}

extension CaseFileArea {
    /// Draws the case file for a reader.
    ///
    /// - Parameter resumed: the tag the reader says the file had when they began. Who knows it has begun with a fresh
    ///   second factor, and a long download may go on after that has grown old.
    /// - Throws: `NotFound`, `Forbidden`, `SecondFactorNeeded`; what the stores throw.
    func copy(of docket: DocketID, for viewer: Viewer, resuming resumed: String?, now: Instant) async throws
        -> CaseFileCopy
    {
        let (view, factor) = try await view(of: docket, for: viewer, now: now)
        if let factor, resumed == nil { throw factor }
        let contents = try await contents(of: view)
        let parts = try contents.parts(court: registry.court, policy: try signing.policy)
        let bytes = try await Disk.blocking { try ZipWriter.size(of: parts.map { ($0.path, $0.bytes) }) }
        let time = view.entries.last?.entry.entered ?? Instant(milliseconds: 0)
        let tag = Self.tag(of: parts, time: time)
        if let factor, resumed != tag { throw factor }
        let number = view.state.filing.docketed?.number.rawValue
        return CaseFileCopy(
            parts: parts, time: time, bytes: bytes, tag: tag, name: "案卷 \(number ?? docket.rawValue).zip")
    }

    /// - Returns: the docket, and what is still asked of the reader before it is handed over.
    private func view(
        of docket: DocketID, for viewer: Viewer, now: Instant
    ) async throws -> (DocketView, SecondFactorNeeded?) {
        do {
            try await registry.vault.load([docket])
            return try await registry.store.read { [registry] reading in
                let (head, state) = try registry.docket(docket, in: reading)
                guard head.kind == .matter else { throw NotFound() }
                var factor: SecondFactorNeeded?
                do {
                    try viewer.require(.exportCase, in: state, now: now)
                } catch let needed as SecondFactorNeeded {
                    factor = needed
                }
                let entries = try registry.entries(of: docket, after: 0, in: reading)
                return (DocketView(docket, head, state, all: entries, for: viewer), factor)
            }
        } catch is NoSuchDocket {
            throw NotFound()
        } catch KeyVaultError.unknown {
            throw NotFound()
        }
    }

    private static func tag(of parts: [ZipPart], time: Instant) -> String {
        var hash = SHA256()
        hash.update(data: Array("\(CaseFileManifest.format) \(time.rawValue)".utf8))
        for part in parts {
            hash.update(data: Array("\n\(part.path.utf8.count) \(part.path) \(part.bytes) ".utf8))
            switch part.content {
            case .bytes(let bytes): hash.update(data: Array(SHA256.hash(data: bytes)))
            case .stored(let file): hash.update(data: file.sha256)
            }
        }
        return "\"\(Hash(Array(hash.finalize()))?.hex ?? "")\""
    }
}

extension DocketView {
    init(_ docket: DocketID, _ head: DocketHead, _ state: CaseState, all: [OpenedEntry], for viewer: Viewer) {
        self.docket = docket
        self.head = head
        self.state = state
        isWhole = viewer.may(.readChambers, in: state)
        let chambers = isWhole
        entries = all.filter { $0.entry.volume == .main || chambers }
        withheld = Set(entries.flatMap { Self.notGiven(by: $0.entry, to: viewer, in: state) })
    }

    /// A defendant's letter is nobody else's; everything else in a volume is for all who read the volume.
    static func notGiven(by entry: Entry, to viewer: Viewer, in state: CaseState) -> [ContentDigest] {
        viewer.isStaff ? [] : notGiven(by: entry.act, to: state.parties.place(of: viewer.account)?.party)
    }

    private static func notGiven(by act: Act, to party: PartyID?) -> [ContentDigest] {
        switch act {
        case .participation(.invited(let body)): body.party == party ? [] : body.letter.files.map(\.digest)
        case .participation(.sentAgain(let body)): body.party == party ? [] : body.letter.files.map(\.digest)
        case .record(.corrected(let body)): notGiven(by: body.corrected.act, to: party)
        default: []
        }
    }
}
