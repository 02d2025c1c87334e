import Crypto
import Foundation
import Ledger
import Procedure
import Storage

/// One row of the act table, still sealed.
package struct StoredEntry: Sendable {
    package let docket: DocketID
    package let position: Int
    package let id: EntryID
    package let type: String
    package let version: Int
    package let volume: Volume
    package let number: Int
    package let by: AccountID
    package let capacity: String
    package let party: PartyID?
    package let channel: String
    package let happened: String
    package let entered: Instant
    package let under: String
    /// Shared by the entries of one step in several dockets.
    package let together: EntryID?
    /// The salt and the canonical body, sealed.
    package let sealed: [UInt8]
    /// The ledger leaf.
    package let leaf: [UInt8]
}

/// One entry opened: what the rules read, and the exact bytes the leaf commits to.
package struct OpenedEntry: Sendable {
    package let entry: Entry
    /// The canonical JSON of the entry; `act` in the leaf.
    package let content: [UInt8]
    package let salt: LeafSalt
}

/// Why an entry cannot be read. Never says what is in it.
package enum EntryFailure: Error, Hashable, Sendable {
    /// Written by a newer release: shown as newer, and nothing may be entered after it here.
    case newer(type: String, version: Int)
    case unsealable
    case malformed
}

/// Seals and opens entries with the keys of their docket.
package struct EntrySealing: Sendable {
    package let court: String
    package let upcasts: Upcasts

    package init(court: String, upcasts: Upcasts = .none) {
        self.court = court
        self.upcasts = upcasts
    }

    func context(_ docket: DocketID, _ position: Int, _ type: String, _ version: Int) -> SealingContext {
        SealingContext("act", .text(court), .id(docket), .number(position), .text(type), .number(version))
    }

    func seal(
        salt: [UInt8], body: [UInt8], docket: DocketID, position: Int, type: String, version: Int, key: SymmetricKey
    ) throws -> [UInt8] {
        try Sealing.seal(salt + body, with: key, for: context(docket, position, type, version))
    }

    /// The salt and the body's bytes as they were entered.
    func unseal(_ stored: StoredEntry, keys: DocketKeys) throws(EntryFailure) -> (salt: LeafSalt, body: [UInt8]) {
        let context = context(stored.docket, stored.position, stored.type, stored.version)
        do {
            let plain = try Sealing.open(stored.sealed, with: keys[stored.volume].acts, for: context)
            guard plain.count > 32, let salt = LeafSalt(Array(plain.prefix(32))) else { throw EntryFailure.malformed }
            return (salt, Array(plain.dropFirst(32)))
        } catch let failure as EntryFailure {
            throw failure
        } catch {
            throw .unsealable
        }
    }

    /// - Throws: `EntryFailure`.
    package func open(_ stored: StoredEntry, keys: DocketKeys) throws(EntryFailure) -> OpenedEntry {
        let (salt, body) = try unseal(stored, keys: keys)
        do {
            let json = try JSONReader.read(body)
            let content = try EntryContent.bytes(of: stored, body: body)
            let act = try act(type: stored.type, version: stored.version, body: json)
            guard let capacity = Capacity(rawValue: stored.capacity), let channel = Channel(rawValue: stored.channel),
                let happened = Happened(rawValue: stored.happened)
            else { throw EntryFailure.malformed }
            let entry = Entry(
                id: stored.id, docket: stored.docket, position: stored.position, number: stored.number,
                volume: stored.volume, act: act, by: stored.by, capacity: capacity, party: stored.party,
                channel: channel, happened: happened, entered: stored.entered,
                under: stored.under.split(separator: " ").compactMap { Article(rawValue: String($0)) })
            return OpenedEntry(entry: entry, content: content, salt: salt)
        } catch let failure as EntryFailure {
            throw failure
        } catch {
            throw .malformed
        }
    }

    private func act(type: String, version: Int, body: JSONValue) throws -> Act {
        guard let kind = ActKinds.named[type], version <= kind.version else {
            throw EntryFailure.newer(type: type, version: version)
        }
        let current = try upcasts.raise(body, type: type, from: version, to: kind.version)
        return try kind.read(JSONCoding.decoder(over: current))
    }
}

/// Steps that turn an older stored shape into the next one, JSON to JSON.
package struct Upcasts: Sendable {
    package typealias Step = @Sendable (JSONValue) throws -> JSONValue
    private let steps: [String: [Int: Step]]

    /// No shape has changed since the first release.
    package static let none = Upcasts([:])

    /// - Parameter steps: by type, then by the version a step starts from.
    package init(_ steps: [String: [Int: Step]]) { self.steps = steps }

    func raise(_ body: JSONValue, type: String, from version: Int, to newest: Int) throws -> JSONValue {
        var body = body
        for version in version..<newest {
            guard let step = steps[type]?[version] else { throw EntryFailure.malformed }
            body = try step(body)
        }
        return body
    }
}

/// The canonical JSON of an entry, as the leaf commits to it. Absent parts are left out, never null.
enum EntryContent {
    /// - Parameter body: canonical JSON.
    static func bytes(of stored: StoredEntry, body: [UInt8]) throws(JSONFailure) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(body.count + 512)
        func member(_ name: StaticString, _ value: JSONValue) throws(JSONFailure) {
            content.append(contentsOf: ",\"".utf8)
            name.withUTF8Buffer { content.append(contentsOf: $0) }
            content.append(contentsOf: "\":".utf8)
            try CanonicalJSON.write(value, to: &content)
        }
        // In the order of canonical JSON.
        content.append(contentsOf: "{\"body\":".utf8)
        content.append(contentsOf: body)
        try member("by", .text(stored.by.rawValue))
        try member("capacity", .text(stored.capacity))
        try member("channel", .text(stored.channel))
        try member("docket", .text(stored.docket.rawValue))
        try member("entered", .text(stored.entered.rawValue))
        if let party = stored.party { try member("for", .text(party.rawValue)) }
        try member("happened", .text(stored.happened))
        try member("id", .text(stored.id.rawValue))
        try member("position", .integer(Int64(stored.position)))
        try member("type", .text(stored.type))
        try member("under", .array(stored.under.split(separator: " ").map { .text(String($0)) }))
        try member("version", .integer(Int64(stored.version)))
        try member("volume", .text(stored.volume.rawValue))
        content.append(UInt8(ascii: "}"))
        return content
    }
}
