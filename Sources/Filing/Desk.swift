import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import Web

/// The court's side of filing (立案庭): reviewing form, docketing, the first notices, the fee.
package struct FilingDesk: Sendable {
    /// Who may be drawn to hear a case, read in the transaction that draws.
    package typealias Bench = @Sendable (Reading) throws -> [BenchJudge]

    let registry: Registry
    let press: DocumentPress
    let matters: Matters
    let bench: Bench
    let forms: FormLibrary
    let confirm: FilingArea.Confirm
    let callbacks: PaymentSignature

    /// - Parameters:
    ///   - bench: the judges of this court, usually `BenchJudge.registered(in:)`.
    ///   - forms: the element forms complaints were written in.
    ///   - confirm: takes the second factor of a judge who signs a ruling.
    package init(
        registry: Registry, press: DocumentPress, bench: @escaping Bench, forms: FormLibrary,
        confirm: @escaping FilingArea.Confirm
    ) {
        self.registry = registry
        self.press = press
        self.bench = bench
        self.forms = forms
        self.confirm = confirm
        matters = Matters(registry)
        callbacks = PaymentSignature(registry.courtKey)
    }

    var court: CourtProfile { registry.court }
    var tables: Tables { registry.tables }

    /// The court's own machinery, as the author of what nobody in particular did.
    static let machine = Acting(account: AccountID(high: 0, low: 1), capacity: .court)
}

/// A case as it lies on the desk: what was read, and up to which entry.
struct DeskCase: Sendable {
    let docket: DocketID
    /// What a decision made on this page is held against (D18).
    let seen: Int
    let state: CaseState
    let context: Context

    var complaint: Complaint? { state.filing.complaint }
    var today: CourtDay { context.today }
    var path: String { "/desk/filing/\(docket)" }
}

extension FilingDesk {
    /// Opens a case for someone of the filing desk.
    ///
    /// - Throws: `Forbidden` without the office; `NotFound` when the case is none of the desk's business.
    func open(_ docket: DocketID, for viewer: Viewer, at now: Instant) async throws -> DeskCase {
        try viewer.require(.readFilingDesk, now: now)
        let (head, state) = try await read(docket)
        let acting = try viewer.require(.readCase, in: state, now: now)
        guard state.filing.complaint != nil else { throw NotFound() }
        let context = Context(now: now, court: court, tables: tables, acting: acting)
        return DeskCase(docket: docket, seen: head.position, state: state, context: context)
    }

    /// - Throws: `NotFound` for a docket that is not there, so that it looks like one that may not be seen.
    func read(_ docket: DocketID) async throws -> (head: DocketHead, state: CaseState) {
        do {
            return try await registry.docket(docket)
        } catch is NoSuchDocket {
            throw NotFound()
        }
    }

    /// What the tables say about a complaint today.
    func findings(_ complaint: Complaint, on day: CourtDay) -> DeskFindings {
        DeskFindings(complaint, by: forms[complaint.form], court: court, tables: tables, on: day)
    }
}
