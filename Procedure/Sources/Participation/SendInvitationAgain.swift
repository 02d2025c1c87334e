/// The court writes to the party once more (重新通知): the letter was lost, came back, or its code is lost.
public struct SendInvitationAgain: Hashable, Sendable {
    public let party: PartyID
    public let ground: InvitationSentAgain.Ground
    public let letter: DocumentReference
    /// Where it goes; nil for where the last one went.
    public let address: String?
    /// Where in the file the address stands, when it is not one of `knownAddresses`.
    public let addressSource: String?
    public let answerBy: CourtDay

    public init(
        party: PartyID, ground: InvitationSentAgain.Ground, letter: DocumentReference, address: String? = nil,
        addressSource: String? = nil, answerBy: CourtDay
    ) {
        self.party = party
        self.ground = ground
        self.letter = letter
        self.address = address
        self.addressSource = addressSource
        self.answerBy = answerBy
    }
}

/// The party gets a new code by hand, with no letter (重新发给代码).
public struct RenewInvitationCode: Hashable, Sendable {
    public let party: PartyID
    public init(party: PartyID) { self.party = party }
}

extension Refusal {
    public static let letterNotPosted = Refusal(
        code: "participation.letter-not-posted", article: nil,
        reason: Words("通知书尚未交邮。", "The letter has not gone to the post yet."),
        remedy: Words("须先交邮并登记；代码页可以再次打印。", "Post it and record that first; the code sheet can be printed again."))
    public static let letterArrived = Refusal(
        code: "participation.letter-arrived", article: .askTheOtherSide,
        reason: Words("通知书已经收到，三日自收到之日起算。", "The letter has arrived; the three days count from that day."),
        remedy: Words(
            "代码遗失的，请发给新的代码，或以代码遗失为由重新寄发。", "If the code is lost, issue a new one, or send again because of that."))
    public static let periodShortened = Refusal(
        code: "participation.period-shortened", article: nil,
        reason: Words("重新通知不得缩短已告知的答复期限。", "Writing again does not shorten a period already told."),
        remedy: Words("答复期限须不早于已告知的日期。", "The last day to answer must not come before the one already told."))
    public static let addressNotOnFile = Refusal(
        code: "participation.address-not-on-file", article: nil,
        reason: Words(
            "该地址不在起诉状、送达地址确认书或者已发出的通知书中。", "This address is not in the complaint, a confirmation or a letter sent."),
        remedy: Words("须先写明该地址在卷宗的何处。", "Say first where in the file it stands."))
}

extension CaseState {
    /// The postal addresses that the file holds for a party, the one it confirmed first.
    public func knownAddresses(of party: PartyID) -> [String] {
        let invitation = participation.invitations[party]
        let all =
            [service.addresses[party]?.postal, parties.place(party)?.details.address, invitation?.address]
            + (invitation?.earlier.map(\.address) ?? [])
        return all.compactMap { $0 }.reduce(into: []) { known, address in
            if !known.contains(address) { known.append(address) }
        }
    }

    /// The letter before is given up: the period for answering is set anew, and the three days count from the receipt of
    /// this one. Once a letter has arrived that receipt stands, whatever is sent after it.
    ///
    /// - Source: Online Litigation Rules art. 10. That a lost letter is sent again is stated nowhere; it follows from
    ///   the duty to notify.
    public func decide(_ command: SendInvitationAgain, in context: Context) throws(Refusal) -> [DecidedAct] {
        let invitation = try invitationToRenew(command.party)
        guard invitation.received == nil || command.ground == .codeLost else { throw .letterArrived.about(["ground"]) }
        guard !invitation.awaitsPosting else { throw .letterNotPosted }
        guard command.answerBy > context.today else { throw .answerPeriodPast.about(["answer_by"]) }
        guard command.answerBy >= invitation.answerBy else { throw .periodShortened.about(["answer_by"]) }
        let address = command.address ?? invitation.address
        let isKnown = knownAddresses(of: command.party).contains(address)
        guard isKnown || command.addressSource != nil else { throw .addressNotOnFile.about(["address_source"]) }
        let body = InvitationSentAgain(
            party: command.party, letter: command.letter, address: address,
            addressSource: isKnown ? nil : command.addressSource, answerBy: command.answerBy, ground: command.ground)
        return [DecidedAct(.participation(.sentAgain(body)), under: .askTheOtherSide, party: command.party)]
    }

    /// No period begins, ends or changes by it: the code is only the way in.
    ///
    /// - Source: Online Litigation Rules art. 10, on linking the case; the code is the court's own means.
    public func decide(_ command: RenewInvitationCode, in context: Context) throws(Refusal) -> [DecidedAct] {
        _ = try invitationToRenew(command.party)
        let body = InvitationCodeRenewed(party: command.party)
        return [DecidedAct(.participation(.codeRenewed(body)), under: .askTheOtherSide, party: command.party)]
    }

    private func invitationToRenew(_ party: PartyID) throws(Refusal) -> ParticipationState.Invitation {
        guard closing.manner == nil else { throw .caseEnded }
        guard let invitation = participation.invitations[party] else { throw .notInvited }
        guard parties.filledBy[party] == nil else { throw .alreadyLinked }
        return invitation
    }
}
