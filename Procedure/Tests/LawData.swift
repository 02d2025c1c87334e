import Foundation
import Procedure
import ProcedureTables
import Testing

/// The tables every test counts with.
let tables: Tables = {
    do { return try LawTables.load() } catch { fatalError("\(error)") }  // no test has a meaning without the tables
}()

/// A table's own test vectors, read from the JSON that ships.
enum LawData {
    struct NoRows: Error { let table, key: String }

    static func rows<Row: Decodable>(_ table: String, _ key: String, as type: Row.Type = Row.self) throws -> [Row] {
        let data = try Data(contentsOf: LawTables.folder.appendingPathComponent("\(table).json"))
        guard let file = try JSONSerialization.jsonObject(with: data) as? [String: Any], let rows = file[key] else {
            throw NoRows(table: table, key: key)
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode([Row].self, from: JSONSerialization.data(withJSONObject: rows))
    }
}

/// A sum in a vector: a whole number, or decimal text.
struct TextOrNumber: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = try (try? container.decode(Int64.self)).map(String.init) ?? container.decode(String.self)
    }
}

extension DeadlineRule: CustomTestStringConvertible {
    public var testDescription: String { id.rawValue }
}
