/// The acts about taking part online: notice, consent, linking, going offline (参与在线诉讼).
public enum ParticipationAct: Hashable, Sendable {
    case consentGiven(ConsentGiven)
    case consentDeclined(ConsentDeclined)
    case invited(DefendantInvited)
    case sentAgain(InvitationSentAgain)
    case codeRenewed(InvitationCodeRenewed)
    case posted(InvitationPosted)
    case received(InvitationReceived)
    case linked(CaseLinked)
    case wentOffline(WentOffline)

    public var body: any ActBody {
        switch self {
        case .consentGiven(let body): body
        case .consentDeclined(let body): body
        case .invited(let body): body
        case .sentAgain(let body): body
        case .codeRenewed(let body): body
        case .posted(let body): body
        case .received(let body): body
        case .linked(let body): body
        case .wentOffline(let body): body
        }
    }

    static let kinds: [ActKind] = [
        ActKind(ConsentGiven.self) { .participation(.consentGiven($0)) },
        ActKind(ConsentDeclined.self) { .participation(.consentDeclined($0)) },
        ActKind(DefendantInvited.self) { .participation(.invited($0)) },
        ActKind(InvitationSentAgain.self) { .participation(.sentAgain($0)) },
        ActKind(InvitationCodeRenewed.self) { .participation(.codeRenewed($0)) },
        ActKind(InvitationPosted.self) { .participation(.posted($0)) },
        ActKind(InvitationReceived.self) { .participation(.received($0)) },
        ActKind(CaseLinked.self) { .participation(.linked($0)) },
        ActKind(WentOffline.self) { .participation(.wentOffline($0)) },
    ]
}

/// A stage that can be online by itself (诉讼环节). Consent to one never spreads to another.
///
/// - Source: Online Litigation Rules arts. 1, 4.
public enum Stage: String, CaseIterable, Codable, Sendable {
    case filing
    case mediation
    case evidenceExchange = "evidence-exchange"
    case inquiry
    case hearing
    case service

    public var name: Words {
        switch self {
        case .filing: Words("立案", "Filing")
        case .mediation: Words("调解", "Mediation")
        case .evidenceExchange: Words("证据交换", "Evidence exchange")
        case .inquiry: Words("询问", "Inquiry")
        case .hearing: Words("庭审", "Hearing")
        case .service: Words("送达", "Service of documents")
        }
    }
}

/// The notice a person saw before answering (告知内容): which text, in which version, by its digest.
public struct NoticeShown: Hashable, Codable, Sendable {
    public let name: String
    public let version: Int
    public let digest: ContentDigest
    public let language: Language

    enum CodingKeys: String, CodingKey { case name, version, digest, language }

    public init(name: String, version: Int, digest: ContentDigest, language: Language) {
        self.name = name
        self.version = version
        self.digest = digest
        self.language = language
    }
}

/// A person agreed to take part in one stage online (同意).
public struct ConsentGiven: ActBody {
    public static let type = "consent.given"
    public let party: PartyID
    public let stage: Stage
    public let notice: NoticeShown

    enum CodingKeys: String, CodingKey { case party, stage, notice }

    public init(party: PartyID, stage: Stage, notice: NoticeShown) {
        self.party = party
        self.stage = stage
        self.notice = notice
    }
}

/// A person declined one stage online; no right is lost by it (不同意).
public struct ConsentDeclined: ActBody {
    public static let type = "consent.declined"
    public let party: PartyID
    public let stage: Stage
    public let notice: NoticeShown

    enum CodingKeys: String, CodingKey { case party, stage, notice }

    public init(party: PartyID, stage: Stage, notice: NoticeShown) {
        self.party = party
        self.stage = stage
        self.notice = notice
    }
}

/// The court asked a party, by letter, whether to take part online (通知并询问).
public struct DefendantInvited: ActBody {
    public static let type = "participation.invited"
    public let party: PartyID
    public let letter: DocumentReference
    public let address: String
    /// The period the court set for answering.
    public let answerBy: CourtDay
    public var files: [FileReference] { letter.files }

    enum CodingKeys: String, CodingKey {
        case party, letter, address
        case answerBy = "answer_by"
    }

    public init(party: PartyID, letter: DocumentReference, address: String, answerBy: CourtDay) {
        self.party = party
        self.letter = letter
        self.address = address
        self.answerBy = answerBy
    }
}

/// The court wrote to the party once more, with a new code; the letter before it, and its code, are given up (重新通知).
public struct InvitationSentAgain: ActBody {
    public enum Ground: String, CaseIterable, Codable, Sendable {
        case lost
        /// It came back.
        case undelivered
        /// The letter arrived; the sheet with the code is lost.
        case codeLost = "code-lost"

        public var name: Words {
            switch self {
            case .lost: Words("信件丢失", "the letter was lost")
            case .undelivered: Words("信件退回", "the letter came back")
            case .codeLost: Words("代码页遗失", "the code sheet was lost")
            }
        }
    }

    public static let type = "participation.sent-again"
    public let party: PartyID
    public let letter: DocumentReference
    public let address: String
    /// Where the file has this address from; nil when it is the complaint's, a confirmed one, or the last letter's.
    public let addressSource: String?
    /// The period for answering, set anew.
    public let answerBy: CourtDay
    public let ground: Ground
    public var files: [FileReference] { letter.files }

    enum CodingKeys: String, CodingKey {
        case party, letter, address, ground
        case addressSource = "address_source"
        case answerBy = "answer_by"
    }

    public init(
        party: PartyID, letter: DocumentReference, address: String, addressSource: String?, answerBy: CourtDay,
        ground: Ground
    ) {
        self.party = party
        self.letter = letter
        self.address = address
        self.addressSource = addressSource
        self.answerBy = answerBy
        self.ground = ground
    }
}

/// A new one-time code took the place of the one sent; the old one is dead (重新发给代码). The code itself is nowhere here.
public struct InvitationCodeRenewed: ActBody {
    public static let type = "participation.code-renewed"
    public let party: PartyID

    enum CodingKeys: String, CodingKey { case party }

    public init(party: PartyID) { self.party = party }
}

/// The letter was handed to the post (交邮).
public struct InvitationPosted: ActBody {
    public static let type = "participation.posted"
    public let party: PartyID
    public let tracking: String

    enum CodingKeys: String, CodingKey { case party, tracking }

    public init(party: PartyID, tracking: String) {
        self.party = party
        self.tracking = tracking
    }
}

/// The letter reached the party (收到通知): by the postal receipt, or by the use of its code.
public struct InvitationReceived: ActBody {
    public enum Basis: String, Codable, Sendable {
        case postalReceipt = "postal-receipt"
        case codeUsed = "code-used"
    }

    public static let type = "participation.received"
    public let party: PartyID
    public let basis: Basis
    /// Last day to verify identity and link the case, as it was told.
    public let linkBy: CourtDay

    enum CodingKeys: String, CodingKey {
        case party, basis
        case linkBy = "link_by"
    }

    public init(party: PartyID, basis: Basis, linkBy: CourtDay) {
        self.party = party
        self.basis = basis
        self.linkBy = linkBy
    }
}

/// The party verified identity and linked the case to the account (关联案件).
public struct CaseLinked: ActBody {
    public static let type = "participation.linked"
    public let party: PartyID
    public let account: AccountID
    /// The name as verified, as it then was.
    public let name: String
    /// Whether it came within the three days. Missing them has no stated sanction.
    public let inTime: Bool

    enum CodingKeys: String, CodingKey {
        case party, account, name
        case inTime = "in_time"
    }

    public init(party: PartyID, account: AccountID, name: String, inTime: Bool) {
        self.party = party
        self.account = account
        self.name = name
        self.inTime = inTime
    }
}

/// A party's further steps are handled offline (转为线下).
public struct WentOffline: ActBody {
    public enum Ground: String, Codable, Sendable {
        /// Neither agreed nor registered in the period set.
        case silence
        /// Declined.
        case declined
    }

    public static let type = "participation.offline"
    public let party: PartyID
    public let ground: Ground

    enum CodingKeys: String, CodingKey { case party, ground }

    public init(party: PartyID, ground: Ground) {
        self.party = party
        self.ground = ground
    }
}
