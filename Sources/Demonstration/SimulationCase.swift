import CourtServer
import Crypto
import Docket
import Documents
import Procedure
import Storage

/// One simulated case as it is told: people do things on the case's own days, and the rules decide.
///
/// Nothing goes around the registry or the rules; a step they refuse ends the simulation with the refusal.
struct SimulatedCase: Sendable {
    let court: CourtHouse
    let staff: SimulatedStaff
    let plan: SimulationPlan
    let docket: DocketID
    var random: SimulationRandom
    /// The case's own clock; never back.
    private(set) var now: Instant
    private(set) var state = CaseState()
    private(set) var acts = 0
    private(set) var files = 0
    /// Papers drawn for the next step, entered in the catalogue with it.
    private(set) var pending: [StoredFile] = []

    init(_ court: CourtHouse, staff: SimulatedStaff, plan: SimulationPlan, random: SimulationRandom) async throws {
        self.court = court
        self.staff = staff
        self.plan = plan
        self.random = random
        docket = try await court.registry.newDocket()
        let begins = plan.docketedOn.adding(days: plan.isCorrected ? -10 : -2)
        now = court.profile.zone.start(of: begins).adding(hours: 9)
    }

    // MARK: Time

    var today: CourtDay { court.profile.zone.day(of: now) }

    /// The next step is on a later day; where the court itself acts, on a workday.
    mutating func wait(days: Int, workday: Bool = false) {
        var day = today.adding(days: days)
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
        let (docket, instant, papers, files) = (docket, now, pending, court.files)
        let entered = try await court.registry.write(on: [docket], at: instant) { t in
            var open = opening ? try t.open(docket, kind: .matter) : try t.docket(docket)
            for paper in papers { try files.record(paper, at: t.now, in: t.storage) }
            let context = happened.map { t.context(acting, happened: $0) } ?? t.context(acting)
            let acts = try t.enter(
                decide(open.state, context), in: &open, by: acting, channel: channel, happened: context.happened)
            return (count: acts.count, state: open.state)
        }
        told(entered.count, state: entered.state)
    }

    /// Takes over what a step entered, its papers included.
    mutating func told(_ count: Int, state: CaseState, at instant: Instant? = nil) {
        now = max(now, instant ?? now)
        acts += count
        files += pending.count
        pending = []
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
        let about = "\(plan.buyer.name)诉\(plan.seller.name)网络购物合同纠纷\n\(text)"
        let file = try await file(kind.name.zh, about)
        return DocumentReference(document: random.id(), kind: kind, files: [file])
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

    func notice(_ name: String) throws -> NoticeShown {
        guard let digest = ContentDigest(bytes: Array(SHA256.hash(data: Array("\(name)/1".utf8)))) else {
            throw DrawingError.unreadableDigest
        }
        return NoticeShown(name: name, version: 1, digest: digest, language: .chinese)
    }

    /// The judge as drawn.
    var judge: Acting { Acting(account: state.judge ?? staff.clerk.account, capacity: .judge) }
    var machine: Acting { Acting(account: CourtHouse.machine, capacity: .court) }
}
