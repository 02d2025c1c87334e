/// One entry of a docket, as the rules read it.
public struct Entry: Hashable, Sendable {
    public let id: EntryID
    public let docket: DocketID
    /// 1, 2, 3 … over both volumes. Orders; never shown to a party.
    public let position: Int
    /// The number inside the entry's own volume; this is what people see.
    public let number: Int
    public let volume: Volume
    public let act: Act
    public let by: AccountID
    public let capacity: Capacity
    /// The place in the case on whose behalf it was done.
    public let party: PartyID?
    public let channel: Channel
    /// What the law counts from.
    public let happened: Happened
    /// When the court wrote it down; never runs backwards in a docket.
    public let entered: Instant
    public let under: [Article]

    public init(
        id: EntryID, docket: DocketID, position: Int, number: Int, volume: Volume, act: Act, by: AccountID,
        capacity: Capacity, party: PartyID?, channel: Channel, happened: Happened, entered: Instant, under: [Article]
    ) {
        self.id = id
        self.docket = docket
        self.position = position
        self.number = number
        self.volume = volume
        self.act = act
        self.by = by
        self.capacity = capacity
        self.party = party
        self.channel = channel
        self.happened = happened
        self.entered = entered
        self.under = under
    }

    /// The same entry with another act in its place, as a correction has it.
    func carrying(_ act: Act) -> Entry {
        Entry(
            id: id, docket: docket, position: position, number: number, volume: volume, act: act, by: by,
            capacity: capacity, party: party, channel: channel, happened: happened, entered: entered, under: under)
    }
}

/// An act a rule has decided, not yet entered: what, resting on which articles.
public struct DecidedAct: Hashable, Sendable {
    public let act: Act
    public let under: [Article]
    /// On whose behalf, where it is not the acting party's own.
    public let party: PartyID?

    public init(_ act: Act, under: Article..., party: PartyID? = nil) {
        self.act = act
        self.under = under
        self.party = party
    }
}
