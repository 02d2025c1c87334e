/// A kind of case that Internet courts hear (互联网法院集中管辖的案件类型).
public struct InternetCategory: Hashable, Sendable, Identifiable {
    public enum Kind: String, Codable, Sendable {
        case civil, administrative, any
        /// 检察机关提起的公益诉讼
        case publicInterest = "public_interest"
    }

    public let id: String
    public let name: Words
    public let kind: Kind
    /// The provision it stands in, as the table prints it: the item matters and an article id has none.
    public let provision: String
    public let article: Article
    public let causes: [String]
    public let causesIfOnline: [String]
    /// The parties may agree on an Internet court for it.
    public let allowsAgreement: Bool

    public init(
        id: String, name: Words, kind: Kind, provision: String, article: Article, causes: [String],
        causesIfOnline: [String], allowsAgreement: Bool
    ) {
        self.id = id
        self.name = name
        self.kind = kind
        self.provision = provision
        self.article = article
        self.causes = causes
        self.causesIfOnline = causesIfOnline
        self.allowsAgreement = allowsAgreement
    }
}

/// One of the Internet courts, and who hears its appeals.
public struct InternetCourt: Hashable, Sendable {
    public let code: String
    public let name: String
    public let city: String
    public let appealCourt: String
    /// The court for appeals on copyright and domain names, where there is one.
    public let specialisedAppealCourt: String?

    public init(code: String, name: String, city: String, appealCourt: String, specialisedAppealCourt: String?) {
        self.code = code
        self.name = name
        self.city = city
        self.appealCourt = appealCourt
        self.specialisedAppealCourt = specialisedAppealCourt
    }
}

/// What Internet courts hear, under the list of 2018 and that of 2025.
public struct InternetCourtTable: Sendable {
    public let version: String
    /// Docketed from this day on: the list of 2025.
    public let newListFrom: CourtDay
    public let courts: [InternetCourt]
    public let categories2018: [InternetCategory]
    public let categories2025: [InternetCategory]
    /// Categories of 2018 that the new list left out.
    public let removed: Set<String>

    public init(
        version: String, newListFrom: CourtDay, courts: [InternetCourt], categories2018: [InternetCategory],
        categories2025: [InternetCategory], removed: Set<String>
    ) {
        self.version = version
        self.newListFrom = newListFrom
        self.courts = courts
        self.categories2018 = categories2018
        self.categories2025 = categories2025
        self.removed = removed
    }

    /// The list a case docketed on that day is held to.
    public func categories(docketedOn day: CourtDay) -> [InternetCategory] {
        day < newListFrom ? categories2018 : categories2025
    }
}
