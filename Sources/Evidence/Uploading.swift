import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// Resumable uploads: who may begin one, and whose it is.
extension EvidenceArea {
    /// Begins an upload into a docket where the person may offer evidence, or into their own draft.
    ///
    /// - Throws: `NotFound` where the person may not upload; a problem that names the limit in the way.
    func beginUpload(
        _ metadata: UploadMetadata, length: Int64, by viewer: Viewer, at now: Instant
    ) async throws -> StagedUpload {
        guard length > 0 else { throw Problem.uploadEmpty }
        guard length <= limits.largestFile else { throw Problem.uploadTooLarge(limits.largestFile) }
        guard try await mayUpload(viewer, metadata.docket) else { throw NotFound() }
        try await forgetUsedUploads(of: viewer.account)
        try await registry.store.read { [limits] in try Self.requireRoom(length, viewer.account, limits, in: $0) }
        guard try limits.freeBytes() - limits.reserve >= length else { throw Problem.uploadDiskFull }
        let upload = try await tellingUploads {
            try await files.beginUpload(
                in: metadata.docket, .main, by: viewer.account, length: length, name: metadata.name)
        }
        do {
            // Counted again where it is written: many may begin at once.
            try await registry.store.write { [limits] transaction in
                try Self.requireRoom(length, viewer.account, limits, in: transaction)
                try UploadTable.insert(upload, at: now, in: transaction)
            }
        } catch {
            try await files.discard(upload)
            throw error
        }
        return upload
    }

    /// An upload of this person; another person's does not exist for them.
    func upload(_ id: UploadID, of viewer: Viewer) async throws -> StagedUpload {
        let upload = try await tellingUploads { try await files.upload(id) }
        guard let upload, upload.account == viewer.account else { throw Problem.uploadGone }
        return upload
    }

    func giveUp(_ upload: StagedUpload) async throws {
        try await tellingUploads { try await files.discard(upload) }
        try await registry.store.write { try UploadTable.forget(upload.id, in: $0) }
    }

    /// Removes what nobody has touched for days. For the court's nightly work.
    ///
    /// - Returns: how many uploads went.
    package func sweepUploads(untouchedSince cutoff: Instant) async throws -> Int {
        try await files.sweepStaging(
            untouchedSince: .init(timeIntervalSince1970: Double(cutoff.milliseconds) / 1_000))
    }

    private func mayUpload(_ viewer: Viewer, _ docket: DocketID) async throws -> Bool {
        if let (_, state) = try await standing(of: docket) {
            let deeds: [Deed] = [.offerEvidence, .submitAnswer, .submitCorrection]
            if deeds.contains(where: { viewer.may($0, in: state) }) { return true }
        }
        return try await mayUploadToDraft(viewer, docket)
    }

    /// What was handed in or swept is gone from the store and no longer counts.
    private func forgetUsedUploads(of account: AccountID) async throws {
        let ids = try await registry.store.read { try UploadTable.ids(of: account, in: $0) }
        var gone: [UploadID] = []
        for id in ids where try await files.upload(id) == nil { gone.append(id) }
        guard !gone.isEmpty else { return }
        try await registry.store.write { [gone] in for id in gone { try UploadTable.forget(id, in: $0) } }
    }

    private static func requireRoom(
        _ length: Int64, _ account: AccountID, _ limits: UploadLimits, in reading: Reading
    ) throws {
        let load = try UploadTable.load(of: account, in: reading)
        guard load.count < limits.openUploads else { throw Problem.uploadTooMany(limits.openUploads) }
        guard load.bytes + length <= limits.openBytes else { throw Problem.uploadQuota(limits.openBytes) }
    }
}
