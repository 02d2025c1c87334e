/// Who takes part online, stage by stage (在线诉讼参与情况): a matrix, never one flag.
public struct ParticipationState: Hashable, Sendable {
    public struct Answer: Hashable, Sendable {
        public let agreed: Bool
        public let notice: NoticeShown
        public let at: Happened
    }

    /// A letter that was given up when the court wrote again.
    public struct EarlierLetter: Hashable, Sendable {
        public let letter: DocumentReference
        public let address: String
        public let issued: Happened
        public let posted: Happened?
        public let tracking: String?
        public let ground: InvitationSentAgain.Ground
    }

    public struct Invitation: Hashable, Sendable {
        public internal(set) var letter: DocumentReference
        public internal(set) var address: String
        public internal(set) var answerBy: CourtDay
        public internal(set) var issued: Happened
        /// The oldest first.
        public internal(set) var earlier: [EarlierLetter] = []
        public internal(set) var codeRenewed: Happened?
        public internal(set) var posted: Happened?
        public internal(set) var tracking: String?
        public internal(set) var received: Happened?
        public internal(set) var linkBy: CourtDay?
        public internal(set) var linked: Happened?

        /// Whether the letter is still to go to the post. One that was sent again goes even when the first turns out to
        /// have arrived: the code in that one is dead.
        public var awaitsPosting: Bool { posted == nil && linked == nil && (received == nil || !earlier.isEmpty) }
    }

    public private(set) var consents: [PartyID: [Stage: Answer]] = [:]
    public private(set) var invitations: [PartyID: Invitation] = [:]
    public private(set) var offline: [PartyID: WentOffline.Ground] = [:]

    mutating func apply(_ act: ParticipationAct, in entry: Entry) {
        switch act {
        case .consentGiven(let body):
            consents[body.party, default: [:]][body.stage] = Answer(
                agreed: true, notice: body.notice, at: entry.happened)
            offline[body.party] = nil
        case .consentDeclined(let body):
            consents[body.party, default: [:]][body.stage] = Answer(
                agreed: false, notice: body.notice, at: entry.happened)
        case .invited(let body):
            invitations[body.party] = Invitation(
                letter: body.letter, address: body.address, answerBy: body.answerBy, issued: entry.happened)
        case .sentAgain(let body): sendAgain(body, at: entry.happened)
        case .codeRenewed(let body): invitations[body.party]?.codeRenewed = entry.happened
        case .posted(let body):
            invitations[body.party]?.posted = entry.happened
            invitations[body.party]?.tracking = body.tracking
        case .received(let body):
            invitations[body.party]?.received = entry.happened
            invitations[body.party]?.linkBy = body.linkBy
        case .linked(let body):
            invitations[body.party]?.linked = entry.happened
            // As with a consent, whoever comes back online is online again; what was done meanwhile stays done.
            offline[body.party] = nil
        case .wentOffline(let body): offline[body.party] = body.ground
        }
    }

    private mutating func sendAgain(_ body: InvitationSentAgain, at happened: Happened) {
        guard var invitation = invitations[body.party] else { return }
        invitation.earlier.append(
            EarlierLetter(
                letter: invitation.letter, address: invitation.address, issued: invitation.issued,
                posted: invitation.posted, tracking: invitation.tracking, ground: body.ground))
        (invitation.letter, invitation.address) = (body.letter, body.address)
        (invitation.answerBy, invitation.issued) = (body.answerBy, happened)
        (invitation.posted, invitation.tracking) = (nil, nil)
        invitations[body.party] = invitation
    }

    /// Whether this party agreed to this very stage. Having declined one takes that one offline, not the others.
    public func agrees(_ party: PartyID, to stage: Stage) -> Bool {
        offline[party] != .silence && consents[party]?[stage]?.agreed == true
    }
}

extension Article {
    /// Consent per person and per stage (当事人同意).
    public static let consentPerStage = Article(.onlineLitigation, 4)
    /// Going back offline is asked for and decided (转为线下).
    public static let retractionIsDecided = Article(.onlineLitigation, 5)
    /// Real-name identity (实名认证).
    public static let realName = Article(.onlineLitigation, 7)
    /// Asking the other side; linking within three days (通知与关联).
    public static let askTheOtherSide = Article(.onlineLitigation, 10)
}
