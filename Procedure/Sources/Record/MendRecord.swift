/// A person puts right what an entry says (更正记载).
public struct CorrectEntry: Hashable, Sendable {
    public let entry: EntryID
    public let corrected: Act
    public let reason: String

    public init(entry: EntryID, corrected: Act, reason: String) {
        self.entry = entry
        self.corrected = corrected
        self.reason = reason
    }
}

/// A person strikes an entry that should not be there (撤销记载).
public struct StrikeEntry: Hashable, Sendable {
    public let entry: EntryID
    public let reason: String

    public init(entry: EntryID, reason: String) {
        self.entry = entry
        self.reason = reason
    }
}

extension Article {
    /// Slips in a record are put right and noted (笔录补正).
    public static let correctionOfRecord = Article(.civilProcedureLaw, 150)
}

extension Refusal {
    public static let noSuchEntry = Refusal(
        code: "record.no-such-entry", article: nil,
        reason: Words("卷宗中没有这一条记载。", "The docket has no such entry."),
        remedy: Words("须先核对记载编号。", "Check the entry first."))
    public static let otherType = Refusal(
        code: "record.other-type", article: nil,
        reason: Words("更正不能把一种行为变成另一种。", "A correction cannot turn one act into another."),
        remedy: Words("须先撤销原记载，再另行登记。", "Strike the entry first, then enter the right one."))
    public static let mendNeedsReason = Refusal(
        code: "record.needs-reason", article: .correctionOfRecord,
        reason: Words("更正记载须写明理由。", "Mending the record needs a reason."),
        remedy: Words("请写明理由。", "State the reason."))
    public static let otherFiles = Refusal(
        code: "record.other-files", article: .correctionOfRecord,
        reason: Words("更正不能换入原记载没有的文件。", "A correction cannot bring in files the entry did not name."),
        remedy: Words("请撤销原记载，以新文件另行登记。", "Strike the entry and enter the right one with its files."))
    public static let signedStands = Refusal(
        code: "record.signed-stands", article: .onlineSigning,
        reason: Words("由本人提交或者签名的内容，不能由他人更正或撤销。", "What a person sent or signed cannot be mended by another."),
        remedy: Words("须由本人另行提交。", "That person must send it anew."))
}

extension CaseState {
    /// The original stays; folding reads the right body from now on. What a person signed is not staff's to mend.
    public static func decide(
        _ command: CorrectEntry, among entries: [Entry], in context: Context
    ) throws(Refusal) -> [DecidedAct] {
        let entry = try mendable(command.entry, reason: command.reason, among: entries)
        guard type(of: entry.act.body).type == type(of: command.corrected.body).type else { throw .otherType }
        guard Set(command.corrected.named).isSubset(of: entry.act.named) else { throw .otherFiles.about(["files"]) }
        let body = EntryCorrected(entry: command.entry, corrected: command.corrected, reason: command.reason)
        return [DecidedAct(.record(.corrected(body)), under: .correctionOfRecord)]
    }

    public static func decide(
        _ command: StrikeEntry, among entries: [Entry], in context: Context
    ) throws(Refusal) -> [DecidedAct] {
        _ = try mendable(command.entry, reason: command.reason, among: entries)
        return [
            DecidedAct(
                .record(.struck(EntryStruck(entry: command.entry, reason: command.reason))), under: .correctionOfRecord)
        ]
    }

    private static func mendable(_ id: EntryID, reason: String, among entries: [Entry]) throws(Refusal) -> Entry {
        guard let entry = entries.first(where: { $0.id == id }) else { throw .noSuchEntry }
        guard !reason.isBlank else { throw .mendNeedsReason.about(["reason"]) }
        if case .record = entry.act { throw .otherType }
        guard entry.act.body.signed == nil, entry.channel == .offline || entry.capacity != .party else {
            throw .signedStands
        }
        let isStruck = entries.contains { other in
            if case .record(.struck(let body)) = other.act { body.entry == id } else { false }
        }
        guard !isStruck else { throw .noSuchEntry }
        return entry
    }
}

extension Act {
    /// The files it names, whichever act entered them.
    fileprivate var named: [FileReference] {
        if case .service(.sent(let body)) = self { return body.documents.flatMap(\.files) }
        return body.files
    }
}
