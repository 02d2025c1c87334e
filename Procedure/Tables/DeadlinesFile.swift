import Procedure

/// deadlines.json, as the converter writes it.
struct DeadlinesFile: Decodable {
    struct Named: Decodable {
        let zh, en: String
        let articleIds: [String]?
    }

    struct Row: Decodable {
        let id: DeadlineID
        let nameZh, nameEn: String
        let kind: DeadlineRule.Kind
        let appliesTo: [String]
        let actor: String
        let length: Int
        let unit: DeadlineRule.Unit
        let dayType: DeadlineRule.DayType?
        let bound: DeadlineRule.Bound
        let direction: DeadlineRule.Direction
        let countedFrom: String
        let `extension`: String?
        let suspendsFor: [SuspensionGround.ID]
        let rollsOnHoliday: Bool
        let effectOnExpiry: String?
        let articleIds: [String]
        let note: String?
        let confirmed: Bool
        let computation: DeadlineRule.Computation
    }

    let asOf: String
    let suspensionGrounds: [String: Named]
    let events: [String: Named]
    let deadlines: [Row]

    func table() -> DeadlineTable {
        DeadlineTable(
            version: asOf,
            rules: deadlines.map(\.rule),
            events: events.mapValues { Words($0.zh, $0.en) },
            suspensionGrounds: Dictionary(
                uniqueKeysWithValues: suspensionGrounds.map { key, ground in
                    let id = SuspensionGround.ID(rawValue: key)
                    let name = Words(ground.zh, ground.en)
                    return (id, SuspensionGround(id: id, name: name, articles: ground.articleIds ?? []))
                }))
    }
}

extension DeadlinesFile.Row {
    var rule: DeadlineRule {
        DeadlineRule(
            id: id, name: Words(nameZh, nameEn), kind: kind, appliesTo: appliesTo, actor: actor, length: length,
            unit: unit, dayType: dayType, bound: bound, direction: direction, countedFrom: countedFrom,
            extensionRule: `extension`, suspendsFor: suspendsFor, rollsOnHoliday: rollsOnHoliday,
            effectOnExpiry: effectOnExpiry, articles: articleIds, note: note, confirmed: confirmed,
            computation: computation)
    }
}
