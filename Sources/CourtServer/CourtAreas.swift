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
    func areas(receipts: Receipts) -> [MountedArea] {
        []
    }
}
