/// The decision as the docket tells it (裁判).
public struct JudgmentState: Hashable, Sendable {
    public private(set) var signed: JudgmentSigned?
    public private(set) var signedAt: Happened?
    public private(set) var pronouncedAt: Happened?
    public private(set) var effectiveOn: CourtDay?
    public private(set) var withdrawal: WithdrawalRuled?

    mutating func apply(_ act: JudgmentAct, in entry: Entry) {
        switch act {
        case .signed(let body):
            signed = body
            signedAt = entry.happened
        case .pronounced: pronouncedAt = entry.happened
        case .tookEffect(let body): effectiveOn = body.on
        case .withdrawalRuled(let body): withdrawal = body
        }
    }
}

extension Article {
    /// What a judgment contains (判决书内容).
    public static let contentOfJudgment = Article(.civilProcedureLaw, 155)
    /// Pronouncement (宣判).
    public static let pronouncement = Article(.civilProcedureLaw, 151)
    /// The loser pays (败诉方负担).
    public static let loserPays = Article(.fees, 29)
}
