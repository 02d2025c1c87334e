import Foundation
import Procedure

/// Reads the tables that lie beside this module. The files are part of the program: one that does not read is our own
/// mistake, found by a test, and stops the start with its name.
public enum LawTables {
    /// - Throws: `UnreadableTable` naming the file.
    public static func load() throws -> Tables {
        Tables(
            deadlines: try read("deadlines", as: DeadlinesFile.self).table(),
            restDays: try read("holidays", as: HolidaysFile.self).table(),
            fees: try read("fees", as: FeesFile.self).table(),
            caseNumbers: try read("case_numbers", as: CaseNumbersFile.self).table(),
            courts: try read("courts", as: CourtsFile.self).table(),
            causes: try read("causes", as: CausesFile.self).table(
                names: read("cause_names_en", as: CauseNamesFile.self),
                layWords: read("lay_words", as: LayWordsFile.self)),
            internetCourts: try read("jurisdiction", as: JurisdictionFile.self).table(),
            smallClaims: try read("small_claims", as: SmallClaimsFile.self).table())
    }

    /// Where the tables lie, for those who publish them as they are.
    public static var folder: URL { Bundle.module.bundleURL.appendingPathComponent("Data") }

    static func read<File: Decodable>(_ name: String, as type: File.Type) throws -> File {
        do {
            let data = try Data(contentsOf: folder.appendingPathComponent("\(name).json"))
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(type, from: data)
        } catch {
            throw UnreadableTable(name: name, reason: String(describing: error))
        }
    }
}

public struct UnreadableTable: Error, CustomStringConvertible {
    public let name: String
    public let reason: String

    public var description: String { "the table \(name) does not read: \(reason)" }
}
