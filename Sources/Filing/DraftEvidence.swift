import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

extension Problem {
    static let tooManyExhibits = Problem(
        .unprocessableContent, code: "draft.too-many-exhibits",
        reason: Words("证据最多50份。", "A complaint can have 50 exhibits."),
        remedy: Words("请合并材料，其余可以在举证期限内补充。", "Combine them; the rest can follow within the period for evidence."))

    static let emptyFile = Problem(
        .unprocessableContent, code: "evidence.empty-file",
        reason: Words("这个文件是空的。", "This file is empty."),
        remedy: Words("请检查文件后重新上传。", "Check the file and upload it again."),
        errors: [FieldError("file", Words("这个文件是空的，请另选一个。", "This file is empty. Choose another."))])
}

extension FilingArea {
    /// Adds an uploaded file to a draft: its bytes get their place, the catalogue its row, the draft its exhibit.
    ///
    /// Adding the same upload twice adds one exhibit.
    ///
    /// - Throws: `NotFound` unless this person made the upload for this docket; `UploadError.incomplete`.
    func addEvidence(_ id: UploadID, to docket: DocketID, by viewer: Viewer) async throws {
        let hand = try await draft(docket, of: viewer)
        guard let upload = try await files.upload(id) else {
            // Discarded after its file was entered: a repeat of the request.
            return
        }
        guard upload.account == viewer.account, upload.docket == docket, upload.volume == .main else {
            throw NotFound()
        }
        let file: StoredFile
        do {
            file = try await upload.finish()
        } catch UploadError.incomplete {
            throw FormErrors(
                "file", Words("文件还没有传完，请等待或者重新上传。", "The file has not arrived yet. Wait, or upload it again."))
        } catch UploadError.gone {
            return
        }
        if !hand.content.exhibits.contains(where: { $0.file.file == file.id }) {
            try await enter(file, in: docket, by: viewer)
        }
        try await files.discard(upload)
    }

    /// The same for a file that came with a form, at most 50 MB.
    func addEvidence(
        _ upload: FormUpload.File, to docket: DocketID, by viewer: Viewer
    ) async throws {
        let hand = try await draft(docket, of: viewer)
        guard hand.content.exhibits.count < Self.mostExhibits else { throw Problem.tooManyExhibits }
        let file = try await files.put(upload.bytes, in: docket, .main, name: upload.name)
        try await enter(file, in: docket, by: viewer)
    }

    private func enter(_ file: StoredFile, in docket: DocketID, by viewer: Viewer) async throws {
        guard file.size > 0 else { throw Problem.emptyFile }
        let reference = try file.reference
        try await change(
            docket, by: viewer, from: .newest,
            also: { [files] t, now in try files.record(file, at: now, in: t) }
        ) { content, _ in
            guard !content.exhibits.contains(where: { $0.file.file == file.id }) else { return }
            guard content.exhibits.count < Self.mostExhibits else { throw Problem.tooManyExhibits }
            let name = String((file.name.split(separator: ".").first.map(String.init) ?? file.name).prefix(100))
            content.exhibits.append(
                DraftContent.Exhibit(exhibit: .random(), name: name, proves: "", origin: nil, file: reference))
        }
    }

    /// What the list of exhibits is asked to do beside keeping what was typed.
    enum ExhibitStep: Sendable {
        case remove(ExhibitID)
        case move(ExhibitID, by: Int)

        /// `remove:<id>`, `up:<id>`, `down:<id>`, as the buttons send it.
        init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, let id = ExhibitID(rawValue: parts[1]) else { return nil }
            switch parts[0] {
            case "remove": self = .remove(id)
            case "up": self = .move(id, by: -1)
            case "down": self = .move(id, by: 1)
            default: return nil
            }
        }
    }

    func arrangeEvidence(
        _ step: ExhibitStep?, typed: Form, in docket: DocketID, by viewer: Viewer, from basis: DraftBasis
    ) async throws {
        try await change(docket, by: viewer, from: basis, typed: typed) { content, _ in
            content.takeExhibits(from: typed)
            switch step {
            case .remove(let id): content.exhibits.removeAll { $0.exhibit == id }
            case .move(let id, let places): content.move(id, by: places)
            case nil: break
            }
        }
    }
}

extension DraftContent {
    /// What is still missing about the exhibits. A complaint without any is lawful; each that is there is explained.
    var exhibitErrors: [FieldError] {
        exhibits.flatMap { exhibit -> [FieldError] in
            let field = Self.field(exhibit.exhibit)
            var errors: [FieldError] = []
            if exhibit.name.trimmingSpace.isEmpty {
                errors.append(FieldError("\(field).name", Words("请填写证据名称。", "Name the exhibit.")))
            }
            if exhibit.proves.trimmingSpace.isEmpty {
                errors.append(
                    FieldError(
                        "\(field).proves",
                        Words("请说明“\(exhibit.name)”证明什么。", "Say what “\(exhibit.name)” proves.")))
            }
            if exhibit.origin == nil {
                errors.append(
                    FieldError(
                        "\(field).origin",
                        Words("请选择“\(exhibit.name)”的来源。", "Say where “\(exhibit.name)” comes from.")))
            }
            return errors
        }
    }
}
