/// Something that happened in a matter and that the law gives an effect (诉讼行为).
///
/// One enum per stage; `ActKinds` maps each to its stored type and version.
public enum Act: Hashable, Sendable {
    case filing(FilingAct)
    case fee(FeeAct)
    case participation(ParticipationAct)
    case service(ServiceAct)
    case evidence(EvidenceAct)
    case hearing(HearingAct)
    case judgment(JudgmentAct)
    case closing(ClosingAct)
    indirect case record(RecordAct)
    case person(PersonAct)
    case court(CourtAct)

    public var body: any ActBody {
        switch self {
        case .filing(let act): act.body
        case .fee(let act): act.body
        case .participation(let act): act.body
        case .service(let act): act.body
        case .evidence(let act): act.body
        case .hearing(let act): act.body
        case .judgment(let act): act.body
        case .closing(let act): act.body
        case .record(let act): act.body
        case .person(let act): act.body
        case .court(let act): act.body
        }
    }
}

/// How a stored type and version becomes an act again.
public struct ActKind: Sendable {
    public let type: String
    public let version: Int
    public let volume: Volume
    /// Decodes the body and wraps it; the caller brings the decoder, the law knows no format.
    public let read: @Sendable (any Decoder) throws -> Act

    init<Body: ActBody>(_: Body.Type, _ wrap: @escaping @Sendable (Body) -> Act) {
        type = Body.type
        version = Body.version
        volume = Body.volume
        read = { wrap(try Body(from: $0)) }
    }
}

/// An act with its type and version written beside its body, for where one act carries another.
public struct StoredAct: Hashable, Codable, Sendable {
    public let act: Act

    enum CodingKeys: String, CodingKey { case type, version, body }

    public init(_ act: Act) { self.act = act }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let type = try container.decode(String.self, forKey: .type)
        let version = try container.decode(Int.self, forKey: .version)
        guard let kind = ActKinds.named[type], kind.version == version else {
            throw DecodingError.dataCorruptedError(
                forKey: .type, in: container, debugDescription: "no act \(type) of version \(version)")
        }
        act = try kind.read(container.superDecoder(forKey: .body))
    }

    public func encode(to encoder: any Encoder) throws {
        let body = act.body
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Swift.type(of: body).type, forKey: .type)
        try container.encode(Swift.type(of: body).version, forKey: .version)
        try body.encode(to: container.superEncoder(forKey: .body))
    }
}

public enum ActKinds {
    /// Every kind this release can read and write.
    public static let all: [ActKind] =
        FilingAct.kinds + FeeAct.kinds + ParticipationAct.kinds + ServiceAct.kinds + EvidenceAct.kinds
        + HearingAct.kinds
        + JudgmentAct.kinds + ClosingAct.kinds + RecordAct.kinds + PersonAct.kinds + CourtAct.kinds

    /// By stored type; the newest version only, since older bodies are upcast before they are read.
    public static let named: [String: ActKind] = Dictionary(uniqueKeysWithValues: all.map { ($0.type, $0) })
}
