import Procedure
import Testing

/// A case told step by step: people do things at given instants, and what the rules decide becomes entries.
///
/// The steps themselves (`submit`, `docket`, `serve` …) stand in the files beside this one, each a sentence with what
/// is usual left out. A step the rules refuse throws and leaves the case as it was.
struct CaseStory {
    private(set) var entries: [Entry] = []
    private(set) var state = CaseState()
    private(set) var now: Instant
    var court = CourtProfile.demonstration

    init(from day: CourtDay = "2026-03-02") { now = CaseStory.morning(of: day) }

    /// What the rules are told when this person acts now.
    func context(for person: Person, happened: Happened? = nil) -> Context {
        Context(now: now, happened: happened, court: court, tables: tables, acting: person.acting)
    }

    /// Lets the clock run to ten in the morning of that day; never back.
    mutating func wait(until day: CourtDay) { now = max(now, CaseStory.morning(of: day)) }

    /// Lets a person do something: the rules decide, and what they decide is entered.
    ///
    /// - Throws: the `Refusal` of the rules; nothing is entered then.
    mutating func perform(
        by person: Person, on day: CourtDay? = nil, happened: Happened? = nil, channel: Channel? = nil,
        _ decide: (CaseState, Context) throws -> [DecidedAct]
    ) throws {
        if let day { wait(until: day) } else { now = now.adding(milliseconds: 60_000) }
        let context = context(for: person, happened: happened)
        let acts = try decide(state, context)
        for act in acts { enter(act, by: person, channel: channel ?? person.channel, happened: context.happened) }
    }

    private mutating func enter(_ decided: DecidedAct, by person: Person, channel: Channel, happened: Happened) {
        let volume = type(of: decided.act.body).volume
        let entry = Entry(
            id: .number(entries.count + 1), docket: .number(1), position: entries.count + 1,
            number: entries.filter { $0.volume == volume }.count + 1, volume: volume, act: decided.act,
            by: person.account, capacity: person.acting.capacity, party: decided.party ?? person.acting.party,
            channel: channel, happened: happened, entered: now, under: decided.under)
        entries.append(entry)
        if case .record = decided.act {
            state = CaseState(folding: entries)
        } else {
            state.apply(entry)
        }
    }

    /// Adds what another story entered; only for looking at acts, the state does not follow.
    mutating func append(_ others: [Entry]) { entries += others }

    /// The newest entry of a stored type.
    func last(_ type: String) throws -> Entry {
        try #require(entries.last { Swift.type(of: $0.act.body).type == type }, "nothing of type \(type) was entered")
    }

    /// How many entries of a stored type there are.
    func count(of type: String) -> Int { entries.count { Swift.type(of: $0.act.body).type == type } }

    private static func morning(of day: CourtDay) -> Instant { CourtZone.china.start(of: day).adding(hours: 10) }
}

extension CaseStory {
    /// Expects the rules to decline the step with this code, resting on this article, and the case to stay as it was.
    func refuses(
        _ code: String, _ article: Article?, about fields: [String] = [],
        sourceLocation: SourceLocation = #_sourceLocation, _ step: (inout CaseStory) throws -> Void
    ) {
        var tried = self
        do {
            try step(&tried)
            Issue.record("the rules let it happen instead of refusing with \(code)", sourceLocation: sourceLocation)
        } catch let refusal as Refusal {
            #expect(refusal.code == code, sourceLocation: sourceLocation)
            #expect(refusal.article == article, sourceLocation: sourceLocation)
            #expect(refusal.fields == fields, sourceLocation: sourceLocation)
            #expect(tried.state == state && tried.entries == entries, sourceLocation: sourceLocation)
        } catch {
            Issue.record(error, sourceLocation: sourceLocation)
        }
    }

    /// Expects a step that says nothing new to enter nothing.
    func entersNothing(
        sourceLocation: SourceLocation = #_sourceLocation, _ step: (inout CaseStory) throws -> Void
    ) throws {
        var tried = self
        try step(&tried)
        #expect(tried.entries == entries, sourceLocation: sourceLocation)
    }

    /// Who owes what by when on a day, as lines to compare: `pay-fee plaintiff 2026-03-11`.
    func duties(on day: CourtDay? = nil) -> [String] {
        var then = self
        if let day { then.wait(until: day) }
        return then.state.duties(in: then.context(for: .clerk)).map { duty in
            "\(duty.step.rawValue) \(Person(owing: duty.owner)) \(duty.due?.rawValue ?? "-")"
        }.sorted()
    }

    func duty(_ step: Duty.Step, on day: CourtDay? = nil) throws -> Duty {
        var then = self
        if let day { then.wait(until: day) }
        let found = then.state.duties(in: then.context(for: .clerk)).first { $0.step == step }
        return try #require(found, "nobody owes \(step.rawValue)")
    }
}
