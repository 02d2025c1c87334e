import Crypto
import Foundation
import Procedure
import Storage
import Synchronization

/// Tables derived from acts, kept by an area and written in the same transaction as the acts (派生表).
///
/// Reads acts and its own tables only, so that folding the feed again gives the same rows, field for field once
/// decrypted. Its tables carry a generation in their real names; SQL names them as `{queue}`.
package protocol Projection: Sendable {
    /// Stable name, such as `matters`.
    static var name: String { get }
    /// Raised when what it stores changes; an upgrade then rebuilds this projection alone.
    static var version: Int { get }
    /// Table names as SQL uses them in braces, with what creates each (tokens as in `Migration`), and its columns.
    static var tables: [ProjectionTable] { get }

    /// Takes in further entries of one docket; `state` is what the docket adds up to after the last of them.
    ///
    /// The rows must not depend on how a docket is cut into steps: a rebuild hands over all entries at once.
    func apply(_ entries: [Entry], state: CaseState, in writer: ProjectionWriter) throws
}

/// One table of a projection.
package struct ProjectionTable: Sendable {
    package let name: String
    /// Statements that create it and its indexes; `{name}` stands for the real name.
    package let create: [String]
    /// Every column, in order, so that a rebuilt table can be compared with the one in use.
    package let columns: [Column]

    package enum Column: Sendable {
        case plain(String)
        /// Sealed with the docket's names key; the row's docket is in column `docket`.
        case sealed(String)

        var name: String {
            switch self {
            case .plain(let name), .sealed(let name): name
            }
        }
    }

    package init(_ name: String, create: [String], columns: [Column]) {
        self.name = name
        self.create = create
        self.columns = columns
    }
}

/// What a projection writes through: its own tables, and sealing for the docket at hand.
package struct ProjectionWriter {
    let storage: Transaction
    let names: TableNames
    package let docket: DocketID
    package let sealing: FieldSealing
    package let search: SearchTokens

    @discardableResult
    package func run(_ sql: String, _ values: any StoredValue...) throws -> Int {
        try storage.run(names.resolve(sql), values: values)
    }

    package func row(_ sql: String, _ values: any StoredValue...) throws -> Row? {
        try storage.rows(names.resolve(sql), values: values).first
    }
}

/// Seals single fields of projections with the names key of one docket's main volume.
package struct FieldSealing: Sendable {
    let court: String
    let docket: DocketID
    let key: SymmetricKey

    package init(court: String, docket: DocketID, keys: DocketKeys) {
        self.court = court
        self.docket = docket
        key = keys.main.names
    }

    package func seal(_ text: String, field: String) throws -> [UInt8] {
        try Sealing.seal(text, with: key, for: context(field))
    }

    package func open(_ sealed: [UInt8], field: String) throws -> String {
        try Sealing.openText(sealed, with: key, for: context(field))
    }

    private func context(_ field: String) -> SealingContext {
        SealingContext("projection", .text(court), .id(docket), .text(field))
    }
}

/// Real names of projection tables in one generation.
package final class TableNames: Sendable {
    let generation: [String: Int]
    private let owner: [String: String]
    /// Statements are few, and each write runs several.
    private let resolved = Mutex<[String: String]>([:])

    init(projections: [any Projection.Type], generation: [String: Int]) {
        self.generation = generation
        owner = Dictionary(
            projections.flatMap { kind in kind.tables.map { ($0.name, kind.name) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Puts real table names where SQL has `{name}`.
    package func resolve(_ sql: String) -> String {
        if let known = resolved.withLock({ $0[sql] }) { return known }
        let text = replacingNames(in: sql)
        resolved.withLock { $0[sql] = text }
        return text
    }

    private func replacingNames(in sql: String) -> String {
        var result = ""
        var rest = sql.utf8[...]
        let (opening, closing) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
        while let open = rest.firstIndex(of: opening), let close = rest[open...].firstIndex(of: closing) {
            result += Substring(rest[..<open])
            result += real(String(Substring(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        return result + Substring(rest)
    }

    func real(_ table: String) -> String {
        guard let owner = owner[table], let generation = generation[owner] else {
            preconditionFailure("no projection owns a table \(table)")
        }
        return "\(table)_g\(generation)"
    }
}
