/// The court asks a party by letter whether to take part online (通知并询问是否同意在线诉讼).
public struct InviteDefendant: Hashable, Sendable {
    public let party: PartyID
    public let letter: DocumentReference
    public let answerBy: CourtDay

    public init(party: PartyID, letter: DocumentReference, answerBy: CourtDay) {
        self.party = party
        self.letter = letter
        self.answerBy = answerBy
    }
}

/// The letter was handed to the post (交邮登记).
public struct RecordPosting: Hashable, Sendable {
    public let party: PartyID
    public let tracking: String

    public init(party: PartyID, tracking: String) {
        self.party = party
        self.tracking = tracking
    }
}

/// The letter reached the party (收到通知登记).
public struct RecordInvitationReceived: Hashable, Sendable {
    public let party: PartyID
    public let basis: InvitationReceived.Basis

    public init(party: PartyID, basis: InvitationReceived.Basis) {
        self.party = party
        self.basis = basis
    }
}

/// The party links the case to a verified account (关联案件).
public struct LinkCase: Hashable, Sendable {
    public let party: PartyID
    public let account: AccountID
    /// The verified name of the account, copied from the person's own docket.
    public let verifiedName: String

    public init(party: PartyID, account: AccountID, verifiedName: String) {
        self.party = party
        self.account = account
        self.verifiedName = verifiedName
    }
}

/// The court's period ran out in silence, or the party declined: offline for that party (转为线下).
public struct MoveOffline: Hashable, Sendable {
    public let party: PartyID
    public let ground: WentOffline.Ground

    public init(party: PartyID, ground: WentOffline.Ground) {
        self.party = party
        self.ground = ground
    }
}

extension Refusal {
    public static let notDocketed = Refusal(
        code: "case.not-docketed", article: nil,
        reason: Words("本案尚未立案。", "The case is not docketed yet."),
        remedy: Words("须先立案。", "It must be docketed first."))
    public static let alreadyInvited = Refusal(
        code: "participation.already-invited", article: nil,
        reason: Words("已经通知过该当事人。", "This party has already been asked."),
        remedy: Words("须先看已发出的通知是否送到。", "See first whether that notice arrived."))
    public static let notInvited = Refusal(
        code: "participation.not-invited", article: nil,
        reason: Words("尚未向该当事人发出通知。", "No notice has gone out to this party."),
        remedy: Words("须先发出在线诉讼通知。", "The notice of online litigation must come first."))
    public static let answerPeriodPast = Refusal(
        code: "participation.period-past", article: .askTheOtherSide,
        reason: Words("答复期限须在今天之后。", "The period for answering must end after today."),
        remedy: Words("请另定期限。", "Set another date."))
    public static let alreadyLinked = Refusal(
        code: "participation.already-linked", article: nil,
        reason: Words("该诉讼地位已由他人关联。", "This place in the case is already linked."),
        remedy: Words("如非本人操作，须先向法院说明。", "If that was not you, the court must be told first."))
    public static let opponentsAccount = Refusal(
        code: "participation.same-person", article: .realName,
        reason: Words("同一账号不能同时为双方当事人。", "One account cannot stand on both sides."),
        remedy: Words("请使用本人的账号。", "Use your own account."))
    public static let nameDiffers = Refusal(
        code: "participation.name-differs", article: .realName,
        reason: Words("账号的实名与通知书上的姓名不一致。", "The verified name is not the name on the notice."),
        remedy: Words("请携通知书到立案窗口，或致电核对。", "Bring the notice to the counter, or telephone to have it checked."))
    public static let nothingDeclined = Refusal(
        code: "participation.nothing-declined", article: .consentPerStage,
        reason: Words("该当事人没有表示不同意在线进行。", "This party has not declined any stage online."),
        remedy: Words("请先征询其意见，或等待答复期限届满。", "Ask that party first, or wait until the period is over."))
    public static let stillInPeriod = Refusal(
        code: "participation.still-in-period", article: .askTheOtherSide,
        reason: Words(
            "须既未明确同意，又未在法院指定期限内注册登录，才转为线下。",
            "Offline needs both: no clear agreement, and no registration within the period set."),
        remedy: Words("请等待期限届满。", "Wait until the period is over."))
}

extension CaseState {
    /// - Source: Online Litigation Rules art. 10.
    public func decide(_ command: InviteDefendant, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard filing.docketed != nil else { throw .notDocketed }
        guard closing.manner == nil else { throw .caseEnded }
        guard let place = parties.place(command.party) else { throw .notAParty }
        guard participation.invitations[command.party] == nil else { throw .alreadyInvited }
        guard command.answerBy > context.today else { throw .answerPeriodPast.about(["answer_by"]) }
        let body = DefendantInvited(
            party: command.party, letter: command.letter, address: place.details.address, answerBy: command.answerBy)
        return [DecidedAct(.participation(.invited(body)), under: .askTheOtherSide, party: command.party)]
    }

    public func decide(_ command: RecordPosting, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard let invitation = participation.invitations[command.party] else { throw .notInvited }
        guard invitation.posted == nil else { return [] }
        let body = InvitationPosted(party: command.party, tracking: command.tracking)
        return [DecidedAct(.participation(.posted(body)), under: .askTheOtherSide, party: command.party)]
    }

    /// The three days to verify and link count from the receipt; the first receipt known is the one that counts.
    ///
    /// - Source: Online Litigation Rules art. 10.
    public func decide(_ command: RecordInvitationReceived, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard let invitation = participation.invitations[command.party] else { throw .notInvited }
        guard invitation.received == nil else { return [] }
        // What a letter on the desk cannot have brought about is not written down of it.
        if command.basis == .postalReceipt, !invitation.earlier.isEmpty, invitation.posted == nil {
            throw .letterNotPosted
        }
        let linkBy = context.limit(.onlineAssociation, from: context.happenedOn).lastDay
        let body = InvitationReceived(party: command.party, basis: command.basis, linkBy: linkBy)
        return [DecidedAct(.participation(.received(body)), under: .askTheOtherSide, party: command.party)]
    }

    /// - Source: Online Litigation Rules arts. 7, 10.
    public func decide(_ command: LinkCase, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let place = parties.place(command.party) else { throw .notAParty }
        guard let invitation = participation.invitations[command.party], invitation.received != nil else {
            throw .notInvited
        }
        guard closing.manner == nil else { throw .caseEnded }
        if let filler = parties.filledBy[command.party] {
            guard filler == command.account else { throw .alreadyLinked }
            return []
        }
        guard parties.place(of: command.account) == nil else { throw .opponentsAccount }
        guard command.verifiedName == place.details.name else { throw .nameDiffers }
        let inTime = invitation.linkBy.map { context.happenedOn <= $0 } ?? true
        let body = CaseLinked(
            party: command.party, account: command.account, name: command.verifiedName, inTime: inTime)
        return [DecidedAct(.participation(.linked(body)), under: .realName, .askTheOtherSide, party: command.party)]
    }

    /// Silence needs both halves: no clear agreement, and no linking within the court's period. Declining needs a
    /// stage that was declined.
    ///
    /// - Source: Online Litigation Rules art. 10.
    public func decide(_ command: MoveOffline, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard closing.manner == nil else { throw .caseEnded }
        guard let invitation = participation.invitations[command.party] else { throw .notInvited }
        // The clerk may do it as well, whom no request for recusal of the judge concerns.
        if context.acting.capacity == .judge { try requireSittingJudge() }
        guard participation.offline[command.party] == nil else { return [] }
        if command.ground == .silence {
            let agreed = participation.consents[command.party]?.values.contains(where: \.agreed) ?? false
            guard !agreed, invitation.linked == nil, context.today > invitation.answerBy else { throw .stillInPeriod }
        } else {
            let answers = participation.consents[command.party]?.values.map(\.agreed) ?? []
            guard answers.contains(false) else { throw .nothingDeclined }
        }
        let body = WentOffline(party: command.party, ground: command.ground)
        return [DecidedAct(.participation(.wentOffline(body)), under: .askTheOtherSide, party: command.party)]
    }
}
