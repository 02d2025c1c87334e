import Accounts
import Docket
import Documents
import Procedure
import Storage
import Web

/// Service of process (送达与参与): how the other side is asked, takes part online, and gets what the court sends.
///
/// `Invitation…` and `Paper…` ask by letter, `Link…` brings the person in, `Consents…` and `Address…` record the
/// answers, `Serve…` and `Certificate…` deliver, `Inbox…` is where it arrives.
package struct ServiceArea: Sendable {
    let registry: Registry
    let press: DocumentPress
    /// Draws what is printed and not filed.
    let drawing: PDFDrawing
    let accounts: AccountRegister
    let notices: NoticeLibrary
    /// Where the public reaches the court; nil where the desk's own address is also the public's.
    let publicOrigin: Origin?

    package init(
        registry: Registry, press: DocumentPress, drawing: PDFDrawing, accounts: AccountRegister,
        notices: NoticeLibrary,
        publicOrigin: Origin? = nil
    ) {
        self.registry = registry
        self.press = press
        self.drawing = drawing
        self.accounts = accounts
        self.notices = notices
        self.publicOrigin = publicOrigin
    }

    /// The working tables of this area.
    package static let migrations: [Migration] = [
        LetterTable.migration, PendingLinkTable.migration, ReadTable.migration,
    ]

    /// Takes away what is kept of a docket whose keys are destroyed.
    package static func forget(_ docket: DocketID, in t: Transaction) throws {
        try LetterTable.forget(docket, in: t)
        try PendingLinkTable.forget(docket, in: t)
    }

    /// Enters every route of this area.
    package func mount(on routes: inout Routes) {
        mountDesk(on: &routes)
        mountPaper(on: &routes)
        mountSendAgain(on: &routes)
        mountPost(on: &routes)
        mountLink(on: &routes)
        mountConsents(on: &routes)
        mountAddress(on: &routes)
        mountInbox(on: &routes)
        mountAPI(on: &routes)
        mountPapersAPI(on: &routes)
    }

    /// The effects this area performs. Other areas ask for them by these names.
    package var handlers: [EffectHandler] {
        [
            EffectHandler(kind: ServiceEffect.serveComplaint) { try await serveComplaint(in: $0.docket, by: .machine) },
            EffectHandler(kind: ServiceEffect.serveJudgment) { try await serveJudgment(in: $0.docket, by: .machine) },
            EffectHandler(kind: ServiceEffect.servePapers) { try await servePapers(in: $0.docket, by: .machine) },
            EffectHandler(kind: ServiceEffect.certifyService) { effect in
                // An effect without a subject certifies whatever of the docket still lacks its certificate.
                try await certify(Identifier(rawValue: effect.subject), in: effect.docket)
            },
        ]
    }

    var court: CourtProfile { registry.court }
}

/// Names of the effects: the contract with the areas that put them in the outbox.
enum ServiceEffect {
    /// Subject: the party.
    static let serveComplaint = "serve-complaint"
    /// Subject: none; serves every party with a confirmed address.
    static let serveJudgment = "serve-judgment"
    /// Subject: none; serves what the court told or ruled on whoever has a confirmed address.
    static let servePapers = "serve-papers"
    /// Subject: the service.
    static let certifyService = "certify-service"
    /// Performed by filing: what goes to the plaintiff when the case is registered.
    static let serveDocketingNotices = "serve-docketing-notices"

    /// What waited for this party's address and can go out now.
    static func due(to party: PartyID, in state: CaseState, _ docket: DocketID) -> [Effect] {
        func effect(_ kind: String) -> Effect {
            Effect(kind: kind, key: "\(kind)/\(docket)/\(party)", docket: docket, subject: party.rawValue)
        }
        var due: [Effect] = []
        if state.awaitsComplaint(party) { due.append(effect(serveComplaint)) }
        if state.awaitsDocketingNotices(party) { due.append(effect(serveDocketingNotices)) }
        if state.canBeServed(party), !state.waitingPapers(for: party).isEmpty { due.append(effect(servePapers)) }
        if state.awaitsJudgment(party), state.judgment.pronouncedAt != nil, state.closing.manner == nil {
            due.append(effect(serveJudgment))
        }
        return due
    }

    static func certificate(_ service: ServiceID, in docket: DocketID) -> Effect {
        Effect(
            kind: certifyService, key: "\(certifyService)/\(service)", docket: docket, subject: service.rawValue)
    }
}

typealias ServiceID = Identifier<Named.Service>

/// Who makes a delivery happen: the clerk at the desk, or the court's own machinery after an act.
enum Server: Sendable {
    case clerk(Viewer)
    case machine

    /// - Throws: `NotFound` to a person for whom the case does not exist.
    func requireSight(of state: CaseState) throws {
        guard case .clerk(let viewer) = self else { return }
        guard viewer.may(.readCase, in: state) else { throw NotFound() }
    }

    /// - Throws: `NotFound`, `Forbidden`.
    func acting(in state: CaseState, now: Instant) throws -> (acting: Acting, channel: Channel) {
        switch self {
        case .clerk(let viewer): (try viewer.require(.recordService, in: state, now: now), .online)
        case .machine: (Acting(account: AccountID(high: 0, low: 1), capacity: .court), .system)
        }
    }
}
