import Foundation
import Procedure
import Storage
import TestSupport
import Testing

@testable import Docket

@Suite("The audit of a docket names what is not as it was written")
struct AuditTests {
    /// What is found after somebody with the database file took the triggers away and changed it.
    private func differences(after statements: String...) async throws -> [Difference.Kind] {
        var found: [Difference.Kind] = []
        try await BareCourt.on { court in
            let docket = try await court.opened(acts: 4)
            #expect(try await DocketAudit(registry: court.registry).examine(docket).differences == [])
            try await court.store.write { t in
                for verb in ["update", "delete"] { try t.run("DROP TRIGGER act_no_\(verb)") }
                for statement in statements { try t.run(statement) }
            }
            let finding = try await DocketAudit(registry: court.registry).examine(docket)
            #expect(finding.differences.allSatisfy { $0.docket == docket.rawValue })
            found = finding.differences.map(\.kind)
        }
        return found
    }

    @Test("a changed body cannot even be opened")
    func body() async throws {
        #expect(
            try await differences(after: "UPDATE act SET body = zeroblob(length(body)) WHERE position = 2")
                .contains(.unreadable))
    }

    @Test(
        "a changed envelope no longer fits its leaf",
        arguments: [
            "happened = '2020-01-01'", "capacity = 'judge'", "under = 'CPL2023:1'", "channel = 'online'",
            "account = zeroblob(16)", "party = zeroblob(16)", "id = zeroblob(16)",
        ])
    func envelope(change: String) async throws {
        #expect(try await differences(after: "UPDATE act SET \(change) WHERE position = 2").contains(.changedContent))
    }

    @Test("a time moved back is seen, and breaks the leaf too")
    func time() async throws {
        let found = try await differences(after: "UPDATE act SET entered = 1 WHERE position = 3")
        #expect(found.contains(.timeRunsBack))
    }

    @Test("an entry taken out leaves its place, and its neighbours tell")
    func removed() async throws {
        #expect(try await differences(after: "DELETE FROM act WHERE position = 2").contains(.missingEntry))
    }

    @Test("the last entry taken out is told by the head")
    func lastRemoved() async throws {
        #expect(try await differences(after: "DELETE FROM act WHERE position = 4") == [.wrongHead])
    }

    @Test("two entries that changed places do not open there")
    func swapped() async throws {
        let found = try await differences(
            after: "UPDATE act SET position = 99 WHERE position = 2", "UPDATE act SET position = 2 WHERE position = 3",
            "UPDATE act SET position = 3 WHERE position = 99")
        #expect(found.filter { $0 == .unreadable }.count == 2)
    }

    @Test("a leaf changed together with nothing else is named")
    func leaf() async throws {
        #expect(
            try await differences(after: "UPDATE act SET leaf = zeroblob(83) WHERE position = 1") == [.changedContent])
    }
}

@Suite("Entries of another release")
struct EntryVersionTests {
    @Test("a newer type or version is shown as newer, and nothing is entered after it")
    func newer() async throws {
        try await BareCourt.on { court in
            let docket = try await court.opened(acts: 2)
            let stored = try #require(try await court.registry.storedEntries(of: docket).last)
            let keys = try await court.vault.keys(for: docket)
            let sealing = court.registry.sealing
            let (_, body) = try sealing.unseal(stored, keys: keys)
            for (type, version) in [("court.key-published", 2), ("court.moved-to-the-moon", 1)] {
                let newer = StoredEntry(
                    docket: docket, position: 2, id: stored.id, type: type, version: version, volume: stored.volume,
                    number: stored.number, by: stored.by, capacity: stored.capacity, party: nil,
                    channel: stored.channel, happened: stored.happened, entered: stored.entered, under: stored.under,
                    together: nil,
                    sealed: try sealing.seal(
                        salt: [UInt8](repeating: 1, count: 32), body: body, docket: docket, position: 2, type: type,
                        version: version, key: keys[stored.volume].acts), leaf: stored.leaf)
                #expect(throws: EntryFailure.newer(type: type, version: version)) {
                    try sealing.open(newer, keys: keys)
                }
            }
        }
    }

    @Test("an older shape is raised step by step, and a missing step is not guessed")
    func upcast() throws {
        let steps = Upcasts([
            "t": [
                1: { json in
                    guard case .object(var members) = json else { throw EntryFailure.malformed }
                    members["b"] = members.removeValue(forKey: "a")
                    return .object(members)
                },
                2: { json in
                    guard case .object(var members) = json else { throw EntryFailure.malformed }
                    members["c"] = .bool(false)
                    return .object(members)
                },
            ]
        ])
        let raised = try steps.raise(.object(["a": .integer(1)]), type: "t", from: 1, to: 3)
        #expect(raised == .object(["b": .integer(1), "c": .bool(false)]))
        #expect(throws: EntryFailure.malformed) { try steps.raise(.null, type: "t", from: 1, to: 4) }
        #expect(throws: EntryFailure.malformed) { try Upcasts.none.raise(.null, type: "t", from: 1, to: 2) }
        #expect(try Upcasts.none.raise(.null, type: "t", from: 2, to: 2) == .null)
    }
}
