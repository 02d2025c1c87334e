import Accounts
import Docket
import Documents
import Procedure
import Proofs
import Storage
import Web

/// Filing (立案): the party drafts, signs and sends a complaint; the desk reviews, dockets and collects the fee.
///
/// `Draft…` files are the party's side; `Desk…`, `Docketing…`, `Fee…` and `Payment…` the court's.
package struct FilingArea: Sendable {
    /// Takes the second factor for one signature and says which it was. Throws what Accounts throws when it is none.
    package typealias Confirm = @Sendable (_ viewer: Viewer, _ code: String) async throws -> Signature.Factor

    let registry: Registry
    let files: FileStore
    let press: DocumentPress
    let accounts: AccountRegister
    let signer: AnswerSigner
    let forms: FormLibrary
    let notices: NoticeLibrary
    let confirm: Confirm

    /// - Parameters:
    ///   - forms: the element forms, usually `FormLibrary.shipped()`.
    ///   - notices: the texts read before consenting, usually `NoticeLibrary.shipped()`.
    package init(
        registry: Registry, files: FileStore, press: DocumentPress, accounts: AccountRegister, signer: AnswerSigner,
        forms: FormLibrary, notices: NoticeLibrary, confirm: @escaping Confirm
    ) {
        self.registry = registry
        self.files = files
        self.press = press
        self.accounts = accounts
        self.signer = signer
        self.forms = forms
        self.notices = notices
        self.confirm = confirm
    }

    /// The working tables of this area.
    package static let migrations: [Migration] = DraftTable.migrations + deskMigrations

    /// Takes away what is kept of a docket whose keys are destroyed.
    package static func forget(_ docket: DocketID, in t: Transaction) throws {
        try DraftTable.forget(docket, in: t)
        try PaymentTable.forget(docket, in: t)
    }

    /// Enters every route of this area.
    package func mount(on routes: inout Routes) {
        mountDrafts(on: &routes)
        mountDesk(on: &routes)
    }

    /// The effects this area performs: notices to draw and serve after docketing and payment.
    package var handlers: [EffectHandler] { deskHandlers }
}
