import Procedure

/// case_numbers.json
struct CaseNumbersFile: Decodable {
    struct Group: Decodable {
        let id: String
        let types: [Row]
    }

    struct Row: Decodable {
        let code, zh, en: String
        let platform, confirmed: Bool
    }

    struct Level: Decodable {
        let types: [String]
        let courts: Set<CourtLevel>
    }

    let asOf: String
    let provinceCodes: [String]
    let levelConstraints: [Level]
    let groups: [Group]

    func table() -> CaseNumberTable {
        let types = groups.flatMap { group in
            group.types.map {
                CaseType(
                    code: $0.code, name: Words($0.zh, $0.en), group: group.id, isForPlatform: $0.platform,
                    confirmed: $0.confirmed)
            }
        }
        var levels: [String: Set<CourtLevel>] = [:]
        for constraint in levelConstraints {
            for type in constraint.types { levels[type] = constraint.courts }
        }
        return CaseNumberTable(version: asOf, types: types, provinces: Set(provinceCodes), levels: levels)
    }
}

/// courts.json
struct CourtsFile: Decodable {
    struct Row: Decodable {
        let code, name: String
        let confirmed: Bool
    }

    let asOf: String
    let supreme: Row
    let high, special, intermediate, basic: [Row]

    func table() -> CourtTable {
        CourtTable(
            version: asOf,
            courts: ([supreme] + high + intermediate + special + basic).map {
                Court(code: $0.code, name: $0.name, level: level(of: $0.code), confirmed: $0.confirmed)
            })
    }

    private func level(of code: String) -> CourtLevel {
        if code == supreme.code { return .supreme }
        switch code.count {
        case 1: return .high
        case 3: return .intermediate
        default: return .basic
        }
    }
}
