/// What every act stores: a struct with named fields, under a name and a version that both live for ever.
///
/// Old shapes are read by upcasting, one step per version; a type name is never used again for something else.
public protocol ActBody: Codable, Hashable, Sendable {
    /// Stable name, such as `filing.submitted`.
    static var type: String { get }
    static var version: Int { get }
    /// The bytes this act enters in the docket; each becomes a leaf of the ledger.
    var files: [FileReference] { get }
    /// The volume the act belongs to.
    static var volume: Volume { get }
    /// The signature it carries, if any; then it is nobody else's to mend.
    var signed: Signature? { get }
}

extension ActBody {
    public static var version: Int { 1 }
    public static var volume: Volume { .main }
    public var files: [FileReference] { [] }
    public var signed: Signature? { nil }
}

/// An act that says only that it happened; stored as an empty object.
public protocol BareActBody: ActBody { init() }

extension BareActBody {
    public init(from decoder: any Decoder) throws { self.init() }
    public func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: NoKeys.self) }
}

private enum NoKeys: CodingKey {}

/// The two volumes of a paper court (正卷, 副卷). Parties never see that the chambers volume has entries.
public enum Volume: String, CaseIterable, Codable, Sendable {
    case main
    case chambers
}

/// How an act came in.
public enum Channel: String, Codable, Sendable {
    case online
    /// Entered by staff for something done on paper or by word of mouth.
    case offline
    /// The court's own machinery: timers, deliveries, counters.
    case system
}

/// The part in which someone acted.
public enum Capacity: String, CaseIterable, Codable, Sendable {
    case party
    case filingClerk = "filing-clerk"
    case clerk
    case judge
    /// Court president (院长): decides on recusal of judges.
    case president
    case administrator
    /// The court's own machinery.
    case court
}

/// A SHA-256 digest with the name of its algorithm: `sha256:` and 64 hex digits.
public struct ContentDigest: RawRepresentable, Hashable, Codable, Sendable {
    public let rawValue: String

    public init?(rawValue: String) {
        guard rawValue.hasPrefix("sha256:"), rawValue.utf8.count == 71,
            rawValue.utf8.dropFirst(7).allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    /// - Returns: nil unless there are 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        let digits = Array("0123456789abcdef".utf8)
        rawValue =
            "sha256:" + String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The hex digits alone, for people to compare.
    public var hex: String { String(rawValue.dropFirst(7)) }
}

/// Some stored bytes, as an act names them: which, how many, of what kind, and their digest.
public struct FileReference: Hashable, Codable, Sendable {
    public let file: FileID
    public let digest: ContentDigest
    public let bytes: Int
    public let mediaType: String
    /// As the person named it; shown, never used as a path.
    public let name: String

    enum CodingKeys: String, CodingKey {
        case file, digest, bytes, name
        case mediaType = "media_type"
    }

    public init(file: FileID, digest: ContentDigest, bytes: Int, mediaType: String, name: String) {
        self.file = file
        self.digest = digest
        self.bytes = bytes
        self.mediaType = mediaType
        self.name = name
    }
}

/// A legal document (文书) as it was drawn once: its kind and its stored forms. Never drawn again.
public struct DocumentReference: Hashable, Codable, Sendable {
    public let document: DocumentID
    public let kind: DocumentKind
    /// The authoritative form first (PDF), then views of it (HTML).
    public let files: [FileReference]

    enum CodingKeys: String, CodingKey { case document, kind, files }

    public init(document: DocumentID, kind: DocumentKind, files: [FileReference]) {
        self.document = document
        self.kind = kind
        self.files = files
    }

    /// What a signature on the document binds.
    public var digest: ContentDigest? { files.first?.digest }
}

/// The kinds of legal document this court draws or receives.
public enum DocumentKind: String, CaseIterable, Codable, Sendable {
    case complaint
    case correctionNotice = "correction-notice"
    case returnNotice = "return-notice"
    case transferAdvice = "transfer-advice"
    case nonAcceptanceRuling = "non-acceptance-ruling"
    case acceptanceNotice = "acceptance-notice"
    case feeNotice = "fee-notice"
    case evidenceNotice = "evidence-notice"
    case smallClaimsNotice = "small-claims-notice"
    case participationNotice = "participation-notice"
    case answerNotice = "answer-notice"
    case answer
    case serviceCertificate = "service-certificate"
    case paymentReceipt = "payment-receipt"
    case hearingNotice = "hearing-notice"
    case transcript
    case judgment
    case withdrawalRuling = "withdrawal-ruling"
    case benchNotice = "bench-notice"

    /// 文书名称
    public var name: Words {
        switch self {
        case .complaint: Words("民事起诉状", "Complaint")
        case .correctionNotice: Words("补正通知书", "Correction notice")
        case .returnNotice: Words("材料退回通知书", "Notice of returned papers")
        case .transferAdvice: Words("管辖告知书", "Advice on the competent court")
        case .nonAcceptanceRuling: Words("不予受理民事裁定书", "Ruling not to accept")
        case .acceptanceNotice: Words("案件受理通知书", "Acceptance notice")
        case .feeNotice: Words("交纳诉讼费用通知书", "Fee notice")
        case .evidenceNotice: Words("举证通知书", "Evidence notice")
        case .smallClaimsNotice: Words("小额诉讼程序告知书", "Small-claims notice")
        case .participationNotice: Words("在线诉讼通知书", "Notice of online litigation")
        case .answerNotice: Words("应诉通知书", "Notice to answer")
        case .answer: Words("民事答辩状", "Answer")
        case .serviceCertificate: Words("电子送达凭证", "Service certificate")
        case .paymentReceipt: Words("诉讼费用缴费凭证", "Payment receipt")
        case .hearingNotice: Words("庭审通知书", "Hearing notice")
        case .transcript: Words("电子笔录", "Transcript")
        case .judgment: Words("民事判决书", "Judgment")
        case .withdrawalRuling: Words("按撤诉处理民事裁定书", "Ruling of deemed withdrawal")
        case .benchNotice: Words("审判人员告知书", "Notice of who sits")
        }
    }
}

/// A signature (签名): who, with what, when, over exactly which bytes.
///
/// - Source: Online Litigation Rules art. 33; Electronic Signature Law art. 13.
public struct Signature: Hashable, Codable, Sendable {
    public enum Factor: String, Codable, Sendable {
        case timeCode = "time-code"
        case recoveryCode = "recovery-code"
        case passkey
        /// The demonstration's one-click sign-in; a real court never accepts it.
        case demonstration
    }

    public let account: AccountID
    public let factor: Factor
    /// When the second factor was given; fresh, for this very act.
    public let at: Instant
    public let digest: ContentDigest

    enum CodingKeys: String, CodingKey { case account, factor, at, digest }

    public init(account: AccountID, factor: Factor, at: Instant, digest: ContentDigest) {
        self.account = account
        self.factor = factor
        self.at = at
        self.digest = digest
    }

    /// Whether it is this account's, over this very document.
    func binds(_ document: DocumentReference, for account: AccountID) -> Bool {
        self.account == account && digest == document.digest
    }
}
