/// The keys of a docket are to be destroyed, so that nobody can read it again (销毁卷宗密钥).
public struct DestroyKeys: Hashable, Sendable {
    public let docket: DocketID
    public let reason: KeysDestroyed.Reason

    public init(docket: DocketID, reason: KeysDestroyed.Reason) {
        self.docket = docket
        self.reason = reason
    }
}

extension Refusal {
    public static let notArchived = Refusal(
        code: "keys.not-archived", article: nil,
        reason: Words("本案尚未归档。", "The case is not archived."),
        remedy: Words("须先结案并归档。", "It must be closed and archived first."))
    public static let wasSubmitted = Refusal(
        code: "keys.was-submitted", article: nil,
        reason: Words("起诉状已经提交，不再是草稿。", "The complaint was submitted; it is no longer a draft."),
        remedy: Words("须先结案并归档，并写明其他理由。", "It must be closed and archived first, and another reason be given."))
    public static let neverSubmitted = Refusal(
        code: "keys.never-submitted", article: nil,
        reason: Words("草稿未曾提交，没有可以届满的保管期限。", "A draft was never submitted, so no time of keeping can be over."),
        remedy: Words("须先写明理由为未提交的草稿。", "The reason must first say that it is a draft never submitted."))
}

extension CaseState {
    /// Decides that the keys may go. The act belongs in the court's own docket, not in the one it speaks of.
    ///
    /// A case is kept at least until it is archived, whatever the reason. How long an archive is kept after that is not in
    /// our tables: the person who gives the reason answers for it.
    public func decide(_ command: DestroyKeys) throws(Refusal) -> [DecidedAct] {
        let isDraft = filing.submitted == nil
        switch command.reason {
        case .neverSubmitted: guard isDraft else { throw .wasSubmitted }
        case .retentionOver, .ordered:
            guard !isDraft else { throw .neverSubmitted }
            guard closing.archivedAt != nil else { throw .notArchived }
        }
        return [DecidedAct(.court(.keysDestroyed(KeysDestroyed(docket: command.docket, reason: command.reason))))]
    }
}
