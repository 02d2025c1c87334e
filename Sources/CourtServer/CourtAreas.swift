import CaseFile
import Docket
import Documents
import Evidence
import Filing
import Foundation
import Hearing
import Judgment
import People
import Procedure
import Proofs
import ServiceOfProcess
import Storage
import Suggestions
import Web

/// What an area hands to the whole: its routes, the effects it performs, what it sweeps. Deleting an area is deleting its
/// line here.
package struct MountedArea: Sendable {
    let mount: @Sendable (inout Routes) -> Void
    let handlers: [EffectHandler]
    let sweeps: [Sweep]

    package init(
        mount: @escaping @Sendable (inout Routes) -> Void, handlers: [EffectHandler] = [], sweeps: [Sweep] = []
    ) {
        self.mount = mount
        self.handlers = handlers
        self.sweeps = sweeps
    }
}

extension CourtHouse {
    /// Every area of this court, mounted with what it needs.
    func areas(sequencer: Sequencer, publicOrigin: Origin?) throws -> [MountedArea] {
        let accounts = accounts
        let receipts = Receipts(registry: registry, sequencer: sequencer)
        let signer = AnswerSigner(keys: signing, court: profile.code)
        let forms = try FormLibrary.shipped()
        let notices = try NoticeLibrary.shipped()
        let drawing = try PDFDrawing()
        let confirm: FilingArea.Confirm = { viewer, code in try await accounts.takeSigningFactor(code, by: viewer) }

        let people = PeopleArea(registry: registry, accounts: accounts, files: files, courtDocket: row.docket)
        let filing = FilingArea(
            registry: registry, files: files, press: press, accounts: accounts, signer: signer, forms: forms,
            notices: notices, confirm: confirm)
        let limits = UploadLimits(freeBytes: { [folder] in try Disk.freeBytes(at: folder.path) })
        let evidence = EvidenceArea(
            registry: registry, files: files, press: press, drawing: drawing, signer: signer, forms: forms,
            limits: limits, confirm: confirm,
            mayUploadToDraft: { viewer, docket in try await filing.ownsDraft(docket, viewer) },
            mayReadDraftFile: { viewer, docket, _ in try await filing.ownsDraft(docket, viewer) })
        let service = ServiceArea(
            registry: registry, press: press, drawing: drawing, accounts: accounts, notices: notices,
            publicOrigin: publicOrigin)
        let hearing = HearingArea(registry: registry, press: press, files: files)
        let judgment = JudgmentArea(registry: registry, press: press, files: files, statutes: try Statutes())
        let caseFile = CaseFileArea(
            registry: registry, files: files, receipts: receipts, sequencer: sequencer, signing: signing)
        return [
            MountedArea(mount: { people.mount(on: &$0) }, handlers: people.handlers),
            MountedArea(mount: { filing.mount(on: &$0) }, handlers: filing.handlers),
            MountedArea(mount: { evidence.mount(on: &$0) }, sweeps: [.uploads(of: evidence, limits)]),
            MountedArea(mount: { service.mount(on: &$0) }, handlers: service.handlers),
            MountedArea(mount: { hearing.mount(on: &$0) }, handlers: hearing.handlers),
            MountedArea(mount: { judgment.mount(on: &$0) }, handlers: judgment.handlers),
            MountedArea(mount: { caseFile.mount(on: &$0) }, handlers: caseFile.handlers),
        ]
    }
}
