import Procedure

/// jurisdiction.json: the part about Internet courts.
struct JurisdictionFile: Decodable {
    struct Selection: Decodable {
        struct From: Decodable { let date: CourtDay }
        let from: From
    }

    struct CourtRow: Decodable {
        let code, name, city, appealCourt: String
        let specialisedAppealCourt: String?
    }

    struct CategoryRow: Decodable {
        let id, zh: String
        let en: String?
        let kind: InternetCategory.Kind
        let article: String?
        let item: Int?
        let causes: [String]
        let causesIfOnline: [String]?
        let agreementJurisdiction: Bool?
    }

    struct Rules: Decodable { let removedFrom2018: [String] }

    let asOf: String
    let selectionRule: Selection
    let courts: [CourtRow]
    let categories2018, categories2025: [CategoryRow]
    let rules2025: Rules

    func table() -> InternetCourtTable {
        InternetCourtTable(
            version: asOf, newListFrom: selectionRule.from.date,
            courts: courts.map {
                InternetCourt(
                    code: $0.code, name: $0.name, city: $0.city, appealCourt: $0.appealCourt,
                    specialisedAppealCourt: $0.specialisedAppealCourt)
            },
            categories2018: categories2018.map { $0.category(.internetCases2018) },
            categories2025: categories2025.map { $0.category(.internetCases) },
            removed: Set(rules2025.removedFrom2018))
    }
}

extension JurisdictionFile.CategoryRow {
    fileprivate func category(_ rule: Article) -> InternetCategory {
        let place = item.map { "\(rule.printed.zh)第\($0)项" } ?? rule.printed.zh
        return InternetCategory(
            id: id, name: Words(zh, en ?? english2018[id] ?? zh), kind: kind, provision: article ?? place,
            article: rule,
            causes: causes, causesIfOnline: causesIfOnline ?? [], allowsAgreement: agreementJurisdiction ?? false)
    }
}

/// The list of 2018 comes without English names.
private let english2018 = [
    "online_shopping_contract": "Online shopping contracts through an e-commerce platform",
    "online_service_contract": "Network service contracts concluded and performed online",
    "online_loan": "Financial and small loans concluded and performed online",
    "online_first_publication_copyright": "Title to copyright in works first published online",
    "online_copyright": "Infringement of copyright in works published or spread online",
    "domain_name": "Domain names",
    "online_tort": "Infringement of personal or property rights on the Internet",
    "product_liability_ecommerce": "Product liability for goods bought on an e-commerce platform",
    "public_interest": "Online public-interest actions brought by procuratorates",
    "network_administrative": "Administrative acts on online information, trade and services",
    "designated": "Other online cases designated by an upper court",
]

/// small_claims.json: the thresholds.
struct SmallClaimsFile: Decodable {
    struct Thresholds: Decodable { let values: [Row] }

    struct Row: Decodable {
        let province: String
        /// A day, or only the year the notice appeared in.
        let from: String?
        let mandatoryMax, agreedMax: Int64?
        let note: String?

        var row: SmallClaimsTable.Row? {
            guard let from, let mandatoryMax, let agreedMax,
                let day = CourtDay(rawValue: from.count == 4 ? "\(from)-01-01" : from)
            else { return nil }
            return SmallClaimsTable.Row(
                province: province, from: day,
                threshold: SmallClaimsThreshold(mandatory: mandatoryMax * 100, byAgreement: agreedMax * 100),
                isSuperseded: note?.hasPrefix("Out of date") ?? false)
        }
    }

    let asOf: String
    let thresholds: Thresholds

    func table() -> SmallClaimsTable {
        SmallClaimsTable(version: asOf, rows: thresholds.values.compactMap(\.row))
    }
}
