import CourtServer
import Crypto
import Docket
import Documents
import Procedure
import Storage
import Web

/// One simulated case as it is told: people do things on the case's own days, and the rules decide.
///
/// Nothing goes around the registry or the rules; a step they refuse ends the simulation with the refusal.
struct SimulatedCase: Sendable {
    /// How a case is told.
    struct Manner: Sendable {
        /// Papers are drawn as PDF and page, the court's with its stamp; otherwise they are small texts.
        var drawsPapers = false
        /// Everybody acts the next day.
        var isBrisk = false
        /// Nothing happens after this.
        var latest: Instant?
    }

    let court: CourtHouse
    let staff: SimulatedStaff
    let plan: SimulationPlan
    let manner: Manner
    let docket: DocketID
    var random: SimulationRandom
    /// The case's own clock; never back.
    private(set) var now: Instant
    private(set) var state = CaseState()
    private(set) var acts = 0
    private(set) var files = 0
    /// Papers drawn for the next step, entered in the catalogue with it.
    private(set) var pending: [StoredFile] = []
    private var pressed: [DocumentPress.Pressed] = []

    init(
        _ court: CourtHouse, staff: SimulatedStaff, plan: SimulationPlan, manner: Manner = Manner(),
        random: SimulationRandom
    ) async throws {
        self.court = court
        self.staff = staff
        self.plan = plan
        self.manner = manner
        self.random = random
        docket = try await court.registry.newDocket()
        let begins = plan.docketedOn.adding(days: plan.isCorrected ? -10 : -2)
        now = court.profile.zone.start(of: begins).adding(hours: 9)
    }

    // MARK: Time

    var today: CourtDay { court.profile.zone.day(of: now) }

    /// The next step is on a later day; where the court itself acts, on a workday.
    mutating func wait(days: Int, workday: Bool = false) {
        var day = today.adding(days: manner.isBrisk ? min(days, 1) : days)
        if workday { day = court.registry.tables.restDays.firstWorkday(from: day) }
        wait(until: day)
    }

    mutating func wait(until day: CourtDay) {
        let morning = court.profile.zone.start(of: day).adding(hours: 9)
        now = max(now, morning.adding(milliseconds: Int64(random.number(0...90)) * 60_000))
    }

    // MARK: Steps

    /// Lets someone do something: the rules decide, and what they decide is entered with the papers it names.
    mutating func perform(
        _ acting: Acting, happened: Happened? = nil, channel: Channel = .online, opening: Bool = false,
        _ decide: @escaping @Sendable (CaseState, Context) throws -> [DecidedAct]
    ) async throws {
        now = now.adding(milliseconds: Int64(random.number(20...900)) * 1_000)
        try requireInTime()
        let (docket, instant, papers, files) = (docket, now, pending, court.files)
        let (drawn, press) = (pressed, court.press)
        let entered = try await court.registry.write(on: [docket], at: instant) { t in
            var open = opening ? try t.open(docket, kind: .matter) : try t.docket(docket)
            for paper in papers { try files.record(paper, at: t.now, in: t.storage) }
            for paper in drawn { try press.record(paper, at: t.now, in: t.storage) }
            let context = happened.map { t.context(acting, happened: $0) } ?? t.context(acting)
            let acts = try t.enter(
                decide(open.state, context), in: &open, by: acting, channel: channel, happened: context.happened)
            return (count: acts.count, state: open.state)
        }
        told(entered.count, state: entered.state)
    }

    /// - Throws: `SimulationFailure.beyondLatest`.
    func requireInTime() throws {
        if let latest = manner.latest, now > latest { throw SimulationFailure.beyondLatest }
    }

    /// Takes over what a step entered, its papers included.
    mutating func told(_ count: Int, state: CaseState, at instant: Instant? = nil) {
        now = max(now, instant ?? now)
        acts += count
        files += pending.count + pressed.count
        (pending, pressed) = ([], [])
        self.state = state
    }

    // MARK: Papers

    /// Stores a small text as a file of the next step.
    mutating func file(_ name: String, _ text: String) async throws -> FileReference {
        let stored = try await court.files.put(
            Array("\(name)\n\n\(text)\n".utf8), in: docket, .main, name: "\(name).txt", mediaType: .text,
            id: random.id())
        pending.append(stored)
        return try stored.reference
    }

    mutating func paper(_ kind: DocumentKind, _ text: String = "") async throws -> DocumentReference {
        guard !manner.drawsPapers else { return try await drawnPaper(kind, text) }
        let about = "\(plan.buyer.name)诉\(plan.seller.name)网络购物合同纠纷\n\(text)"
        let file = try await file(kind.name.zh, about)
        return DocumentReference(document: random.id(), kind: kind, files: [file])
    }

    private mutating func drawnPaper(_ kind: DocumentKind, _ text: String) async throws -> DocumentReference {
        let isOfCourt = ![.complaint, .answer].contains(kind)
        let author = isOfCourt ? court.profile.name.zh : kind == .answer ? plan.seller.name : plan.buyer.name
        let number = state.filing.docketed?.number.rawValue
        let document = LegalDocument(
            title: kind.name.zh, court: isOfCourt ? court.profile.name.zh : nil, caseNumber: number,
            textSize: .compact,
            blocks: [
                .fields([.init("原告", plan.buyer.name), .init("被告", plan.seller.name), .init("案由", "网络购物合同纠纷")]),
                .paragraph(text: text.isEmpty ? "本案的\(kind.name.zh)。" : text),
                .signature(.init(lines: isOfCourt ? [author] : ["具状人：\(author)"], date: today)),
                .note(text: "演示文书，内容均为虚构。"),
            ])
        let paper = try await court.press.press(document, kind, in: docket, drawnAt: now, stamped: isOfCourt)
        pressed.append(paper)
        return paper.reference
    }

    mutating func exhibits(_ items: some Sequence<(String, String)>) async throws -> [OfferedExhibit] {
        var exhibits: [OfferedExhibit] = []
        for (name, proves) in items {
            let text = "\(plan.facts)\n编号 \(random.number(100_000...999_999))"
            exhibits.append(
                OfferedExhibit(
                    exhibit: random.id(), name: name, proves: proves,
                    origin: random.once(in: 3) ? .digitisedCopy : .electronicData, file: try await file(name, text)))
        }
        return exhibits
    }

    /// A signature of this person over these bytes, now.
    func sign(_ document: DocumentReference, _ account: AccountID) throws -> Signature {
        guard let digest = document.digest else { throw DrawingError.unreadableDigest }
        return Signature(account: account, factor: .demonstration, at: now, digest: digest)
    }

    /// The notice as shown; in a demonstration the court's own.
    func notice(_ name: String) throws -> NoticeShown {
        if manner.drawsPapers {
            let notices = try NoticeLibrary.shipped()
            return (name == "online-stages" ? notices.onlineStages : notices.electronicService).shown(in: .chinese)
        }
        guard let digest = ContentDigest(bytes: Array(SHA256.hash(data: Array("\(name)/1".utf8)))) else {
            throw DrawingError.unreadableDigest
        }
        return NoticeShown(name: name, version: 1, digest: digest, language: .chinese)
    }

    /// The judge as drawn.
    var judge: Acting { Acting(account: state.judge ?? staff.clerk.account, capacity: .judge) }
    var machine: Acting { Acting(account: CourtHouse.machine, capacity: .court) }
}
