/// The clerk draws the record, or draws it again after an objection (制作笔录).
public struct DraftTranscript: Hashable, Sendable {
    public let transcript: DocumentReference
    public init(transcript: DocumentReference) { self.transcript = transcript }
}

/// A party, or the judge, confirms exactly the version it saw (确认笔录).
public struct ConfirmTranscript: Hashable, Sendable {
    /// Nil when the judge confirms.
    public let party: PartyID?
    public let version: Int
    public let signature: Signature

    public init(party: PartyID?, version: Int, signature: Signature) {
        self.party = party
        self.version = version
        self.signature = signature
    }
}

/// A party asks for a correction of the record (申请补正笔录).
public struct ObjectToTranscript: Hashable, Sendable {
    public let party: PartyID
    public let version: Int
    public let text: String

    public init(party: PartyID, version: Int, text: String) {
        self.party = party
        self.version = version
        self.text = text
    }
}

extension Refusal {
    public static let hearingNotClosed = Refusal(
        code: "transcript.hearing-not-closed", article: nil,
        reason: Words("庭审尚未结束。", "The hearing is not over."),
        remedy: Words("须先结束庭审。", "It must be closed first."))
    public static let noTranscript = Refusal(
        code: "transcript.none", article: nil,
        reason: Words("笔录尚未制作。", "There is no transcript yet."),
        remedy: Words("须先由书记员制作笔录。", "The clerk must draw it first."))
    public static let transcriptMovedOn = Refusal(
        code: "transcript.newer-version", article: .onlineSigning,
        reason: Words("笔录已有新版本，签名只及于所见版本。", "There is a newer version; a signature covers only the version seen."),
        remedy: Words("请阅读新版本后再确认。", "Read the new version, then confirm it."))
    public static let transcriptSignature = Refusal(
        code: "transcript.signature-mismatch", article: .onlineSigning,
        reason: Words("签名与这一版笔录不相符。", "The signature does not belong to this version."),
        remedy: Words("请重新核对后再签名。", "Check it again, then sign."))
}

extension CaseState {
    /// A new version voids the confirmations of the old one.
    ///
    /// - Source: Online Litigation Rules arts. 33, 34.
    public func decide(_ command: DraftTranscript, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard hearing.closedAt != nil else { throw .hearingNotClosed }
        guard judgment.signed == nil else { throw .caseEnded }
        let body = TranscriptDrafted(transcript: command.transcript, version: (hearing.transcript?.version ?? 0) + 1)
        return [DecidedAct(.hearing(.transcriptDrafted(body)), under: .electronicTranscript)]
    }

    /// Each party for itself, by the account that fills its place; for the court only the judge of the case.
    ///
    /// - Source: Online Litigation Rules arts. 33, 34; Civil Procedure Law art. 150.
    public func decide(_ command: ConfirmTranscript, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard closing.manner == nil else { throw .caseEnded }
        guard let transcript = hearing.transcript else { throw .noTranscript }
        guard transcript.version == command.version else { throw .transcriptMovedOn }
        guard command.signature.binds(transcript.document, for: context.acting.account) else {
            throw .transcriptSignature
        }
        if let party = command.party {
            guard parties.place(party) != nil, parties.filledBy[party] == context.acting.account else {
                throw .notAParty
            }
            guard transcript.confirmedBy[party] == nil else { return [] }
        } else {
            try requireSittingJudge()
            guard judge == context.acting.account else { throw .notTheJudge }
            guard transcript.confirmedByJudge == nil else { return [] }
        }
        let body = TranscriptConfirmed(party: command.party, version: command.version, signature: command.signature)
        return [
            DecidedAct(
                .hearing(.transcriptConfirmed(body)), under: .onlineSigning, .electronicTranscript, party: command.party
            )
        ]
    }

    /// - Source: Civil Procedure Law art. 150.
    public func decide(_ command: ObjectToTranscript, in context: Context) throws(Refusal) -> [DecidedAct] {
        guard let transcript = hearing.transcript else { throw .noTranscript }
        guard transcript.version == command.version else { throw .transcriptMovedOn }
        guard parties.place(command.party) != nil else { throw .notAParty }
        guard judgment.signed == nil, closing.manner == nil else { throw .caseEnded }
        guard !command.text.isBlank else { throw .nothingSaid.about(["text"]) }
        let body = TranscriptObjected(party: command.party, version: command.version, text: command.text)
        return [DecidedAct(.hearing(.transcriptObjected(body)), under: .readingTheRecord, party: command.party)]
    }

    /// Whether the record may carry a judgment: all confirmed it, or had five days to read it.
    ///
    /// - Source: Civil Procedure Law art. 150; Online Litigation Rules art. 34.
    public func isTranscriptSettled(in context: Context) -> Bool {
        guard let transcript = hearing.transcript, transcript.confirmedByJudge != nil else { return false }
        let readBy = context.limit(.transcriptReading, from: transcript.drafted.day(in: context.court.zone)).lastDay
        return parties.places.allSatisfy { transcript.confirmedBy[$0.party] != nil } || context.today > readBy
    }
}
