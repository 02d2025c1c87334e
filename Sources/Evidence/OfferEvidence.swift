import Accounts
import Docket
import Documents
import NIOCore
import Procedure
import Storage
import Synchronization
import Web

/// Laying exhibits ready, saying what each proves, and handing them in.
extension EvidenceArea {
    func tray(in docket: DocketID, of viewer: Viewer) async throws -> [TrayExhibit] {
        let sealing = try await registry.fieldSealing(docket)
        let stored = try await registry.store.read {
            try ExhibitTray.exhibits(in: docket, of: viewer.account, sealing, $0)
        }
        var tray: [TrayExhibit] = []
        for one in stored {
            guard let file = try await files.file(one.file) else { continue }
            tray.append(TrayExhibit(exhibit: one.exhibit, file: try file.reference, words: one.words))
        }
        return tray
    }

    /// Lays finished uploads into the tray. Those laid in before, by a request that came twice, are left as they are.
    ///
    /// - Returns: the new exhibits, in the order of the uploads.
    /// - Throws: a problem that names the upload which is gone or has not arrived completely.
    @discardableResult
    func layReady(
        _ uploads: [UploadID], in docket: DocketID, of viewer: Viewer, once: Once? = nil, at now: Instant
    ) async throws -> [ExhibitID] {
        // A button pressed twice: the uploads of the first time are used up, and nothing is missing.
        if try await answered(before: once) != nil { return [] }
        guard uploads.count <= ExhibitTray.most else { throw Problem.trayFull }
        var staged: [StagedUpload] = []
        var stored: [StoredFile] = []
        for id in uploads {
            let upload = try await upload(id, of: viewer)
            guard upload.docket == docket, upload.volume == .main else { throw Problem.uploadGone }
            do {
                let file = try await tellingUploads { try await upload.finish() }
                if try await files.file(file.id) == nil { stored.append(file) }
            } catch let problem as Problem where problem.code == "upload.incomplete" {
                throw Problem.uploadIncomplete(upload.name)
            }
            staged.append(upload)
        }
        let exhibits = try await layReady(stored, in: docket, of: viewer, once: once, at: now)
        // The files are in the catalogue; if this fails, a sweep or the next request finishes it.
        for upload in staged { try? await giveUp(upload) }
        return exhibits
    }

    /// Lays one file of a form into the tray, for browsers without script.
    func layReady(
        _ file: FormUpload.File, in docket: DocketID, of viewer: Viewer, at now: Instant
    ) async throws {
        guard try limits.freeBytes() > limits.reserve else { throw Problem.uploadDiskFull }
        let stored = try await tellingUploads {
            try await files.put(file.bytes, in: docket, .main, name: UploadMetadata.plainName(file.name))
        }
        guard stored.size > 0 else { throw FormErrors("file", Problem.uploadEmpty.reason) }
        try await layReady([stored], in: docket, of: viewer, once: nil, at: now)
    }

    @discardableResult
    private func layReady(
        _ stored: [StoredFile], in docket: DocketID, of viewer: Viewer, once: Once?, at now: Instant
    ) async throws -> [ExhibitID] {
        let sealing = try await registry.fieldSealing(docket)
        let laid = Laid()
        _ = try await enter(on: docket, once: once, arrived: now) { [files] t in
            let open = try t.docket(docket)
            try Self.requireOfferer(viewer, in: open.state, now: now)
            let before = try ExhibitTray.count(in: docket, of: viewer.account, t.storage)
            guard before + stored.count <= ExhibitTray.most else { throw Problem.trayFull }
            laid.exhibits = try stored.enumerated().map { index, file in
                try files.record(file, at: t.now, in: t.storage)
                let words = TrayExhibit.Words(name: Self.plainTitle(file.name))
                return try ExhibitTray.add(
                    file, words, ordinal: index, of: viewer.account, at: t.now, sealing, in: t.storage)
            }
            return "/cases/\(docket)/evidence/tray"
        }
        return laid.exhibits
    }

    func describe(
        _ words: [ExhibitID: TrayExhibit.Words], in docket: DocketID, of viewer: Viewer
    ) async throws {
        let sealing = try await registry.fieldSealing(docket)
        try await registry.store.write { transaction in
            for (exhibit, words) in words {
                try ExhibitTray.describe(exhibit, as: words, of: viewer.account, sealing, in: transaction)
            }
        }
    }

    func takeOut(_ exhibit: ExhibitID, of viewer: Viewer) async throws {
        try await registry.store.write { try ExhibitTray.remove(exhibit, of: viewer.account, in: $0) }
    }

    /// Hands in what lies in the tray.
    ///
    /// - Parameter only: these alone; nil for everything.
    /// - Returns: the page that shows it.
    /// - Throws: `FormErrors` for what is not yet said; the refusals of `OfferExhibits`.
    func offerTray(
        in docket: DocketID, by viewer: Viewer, only: Set<ExhibitID>? = nil, reasonForDelay: String, once: Once?,
        arrived: Instant
    ) async throws -> String {
        let tray = try await tray(in: docket, of: viewer).filter { only?.contains($0.exhibit) ?? true }
        let exhibits = try Self.complete(tray)
        return try await enter(on: docket, once: once, arrived: arrived) { t in
            var open = try t.docket(docket)
            let acting = try viewer.require(.offerEvidence, in: open.state, now: t.now)
            guard let party = acting.party else { throw Forbidden(.offerEvidence) }
            let command = OfferExhibits(party: party, exhibits: exhibits, reasonForDelay: reasonForDelay)
            try t.enter(try open.state.decide(command, in: t.context(acting)), in: &open, by: acting)
            for one in tray { try ExhibitTray.remove(one.exhibit, of: viewer.account, in: t.storage) }
            return "/cases/\(docket)/evidence"
        }
    }

    /// - Throws: `FormErrors` that name each exhibit about which something is not said.
    static func complete(_ tray: [TrayExhibit]) throws(FormErrors) -> [OfferedExhibit] {
        var errors: [FieldError] = []
        for one in tray {
            if one.words.name.isEmpty {
                errors.append(FieldError("name.\(one.exhibit)", Words("请填写证据名称。", "Give the exhibit a name.")))
            }
            if one.words.proves.isEmpty {
                errors.append(
                    FieldError(
                        "proves.\(one.exhibit)",
                        Words("请写明“\(one.file.name)”证明什么。", "Say what “\(one.file.name)” proves.")))
            }
            if one.words.origin == nil {
                errors.append(
                    FieldError(
                        "origin.\(one.exhibit)",
                        Words("请选择“\(one.file.name)”的来源。", "Say where “\(one.file.name)” comes from.")))
            }
        }
        guard errors.isEmpty else { throw FormErrors(errors) }
        return tray.compactMap(\.offered)
    }

    /// A defendant may lay exhibits ready for the answer as well as for later.
    private static func requireOfferer(_ viewer: Viewer, in state: CaseState, now: Instant) throws {
        try viewer.require(.offerEvidence, in: state, now: now)
    }

    /// The file's name without its ending, as a first guess at what the exhibit is called.
    private static func plainTitle(_ name: String) -> String {
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return stem.isEmpty ? name : stem
    }
}

/// What the last run of a transaction laid in; a run that was undone is overwritten by the next.
private final class Laid: Sendable {
    private let held = Mutex<[ExhibitID]>([])
    var exhibits: [ExhibitID] {
        get { held.withLock { $0 } }
        set { held.withLock { $0 = newValue } }
    }
}

extension Problem {
    static let trayFull = Problem(
        .unprocessableContent, code: "evidence.tray-full",
        reason: Words(
            "一次最多准备\(ExhibitTray.most)件证据。", "At most \(ExhibitTray.most) exhibits can be made ready at once."),
        remedy: Words("请先提交已准备的证据。", "Hand in those that are ready first."))
}
