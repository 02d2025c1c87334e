import CaseFile
import Docket
import Procedure
import Proofs
import Storage
import Web

/// What an area hands to the whole: its routes and the effects it performs. Deleting an area is deleting its line here.
package struct MountedArea: Sendable {
    let mount: @Sendable (inout Routes) -> Void
    let handlers: [EffectHandler]

    package init(mount: @escaping @Sendable (inout Routes) -> Void, handlers: [EffectHandler] = []) {
        self.mount = mount
        self.handlers = handlers
    }
}

extension CourtHouse {
    /// Every area of this court, mounted with what it needs.
    func areas(sequencer: Sequencer) -> [MountedArea] {
        let receipts = Receipts(registry: registry, sequencer: sequencer)
        let caseFile = CaseFileArea(
            registry: registry, files: files, receipts: receipts, sequencer: sequencer, signing: signing)
        return [
            MountedArea(mount: { caseFile.mount(on: &$0) }, handlers: caseFile.handlers)
        ]
    }
}
