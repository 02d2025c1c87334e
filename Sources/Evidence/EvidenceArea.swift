import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Proofs
import Storage
import Web

/// Answer and evidence (答辩、举证、质证、认证): uploads and files, the answer, the exhibits, the exchange.
package struct EvidenceArea: Sendable {
    /// Takes the second factor for one signature and says which it was. Throws what Accounts throws when it is none.
    package typealias Confirm = @Sendable (_ viewer: Viewer, _ code: String) async throws -> Signature.Factor
    /// Whether the person may upload into a docket that is not yet a case, because the draft is theirs.
    package typealias MayUpload = @Sendable (Viewer, DocketID) async throws -> Bool
    /// Whether the person may read a file that no entry names yet, because the draft is theirs.
    package typealias MayReadDraftFile = @Sendable (Viewer, DocketID, FileID) async throws -> Bool

    let registry: Registry
    let files: FileStore
    let press: DocumentPress
    let drawing: PDFDrawing
    let signer: AnswerSigner
    let forms: FormLibrary
    let limits: UploadLimits
    let confirm: Confirm
    let mayUploadToDraft: MayUpload
    let mayReadDraftFile: MayReadDraftFile

    /// - Parameters:
    ///   - drawing: draws what the press draws, so that an answer can be read before it is stored.
    ///   - forms: the element forms, usually `FormLibrary.shipped()`.
    package init(
        registry: Registry, files: FileStore, press: DocumentPress, drawing: PDFDrawing, signer: AnswerSigner,
        forms: FormLibrary, limits: UploadLimits, confirm: @escaping Confirm,
        mayUploadToDraft: @escaping MayUpload = { _, _ in false },
        mayReadDraftFile: @escaping MayReadDraftFile = { _, _, _ in false }
    ) {
        self.registry = registry
        self.files = files
        self.press = press
        self.drawing = drawing
        self.signer = signer
        self.forms = forms
        self.limits = limits
        self.confirm = confirm
        self.mayUploadToDraft = mayUploadToDraft
        self.mayReadDraftFile = mayReadDraftFile
    }

    /// The working tables of this area.
    package static let migrations: [Migration] = [UploadTable.migration, ExhibitTray.migration, AnswerTable.migration]

    /// Takes away what is kept of a docket whose keys are destroyed. Uploads that are not finished go with their sweep.
    package static func forget(_ docket: DocketID, in transaction: Transaction) throws {
        try ExhibitTray.forget(docket, in: transaction)
        try AnswerTable.forget(docket, in: transaction)
    }

    /// Enters every route of this area.
    package func mount(on routes: inout Routes) {
        mountUploads(on: &routes)
        mountFiles(on: &routes)
        mountEvidence(on: &routes)
        mountAnswer(on: &routes)
        mountExchange(on: &routes)
        mountExhibit(on: &routes)
        mountAPI(on: &routes)
    }
}
