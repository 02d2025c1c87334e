import Accounts
import CourtServer
import Docket
import Foundation
import Logging
import Procedure
import Storage
import Web

/// Makes demonstration courts and gives them what only they have: role cards, a clock to move, an attacker.
package enum DemonstrationCourt {
    /// The three demonstration courts (D54).
    package enum Which: String, CaseIterable, Sendable {
        case internet, appeal, basic

        /// The Internet court lies in the folder itself, the others in folders of their own below it.
        package func place(in place: CourtPlace) -> CourtPlace {
            self == .internet ? place : CourtPlace(folder: "\(place.folder)/\(rawValue)")
        }
    }

    /// Makes what is missing: the three courts, and for the one to be served its people and a few cases. A second call
    /// finds everything and is quick.
    ///
    /// - Note: with its database on PostgreSQL the Internet court stands alone.
    /// - Returns: where the court to be served lies.
    package static func prepare(
        _ which: Which = .internet, at place: CourtPlace, logger: Logger, say: @escaping @Sendable (String) -> Void
    ) async throws -> CourtPlace {
        let served = which.place(in: place)
        let halfMade = HalfMade(served)
        let beginsAgain = try halfMade.clear()
        if which == .internet { try halfMade.markIfEmpty() }
        try await found(at: place, again: beginsAgain ? which : nil, logger: logger, say: say)
        let court = try await CourtHouse.open(at: served, logger: logger)
        guard court.row.isDemonstration else {
            try await court.close()
            throw CourtStartFailure.alreadyACourt(code: court.row.code)
        }
        let people: [DemonstrationPerson]
        if let known = try People(court).load() {
            people = known
        } else {
            try halfMade.mark()
            say("正在安排演示人员… Introducing the people …")
            people = try await DemonstrationCast(court: court).make()
            try People(court).save(people)
        }
        // An appeal court hears what other courts send it, and so far nothing is sent.
        if which != .appeal, try await !DemonstrationCases.areThere(in: court) {
            say("正在准备几件演示案件… Telling a few cases …")
            _ = try await DemonstrationCases(court: court, people: people).make()
        }
        try await court.close()
        try halfMade.finish()
        return served
    }

    private static func found(
        at place: CourtPlace, again: Which?, logger: Logger, say: @escaping @Sendable (String) -> Void
    ) async throws {
        // The others come with the first: never into a folder that holds some other court.
        let isNew = !FileManager.default.fileExists(atPath: "\(place.folder)/keys/court.key")
        let profiles = [
            (Which.internet, DemonstrationProfiles.internet), (.appeal, DemonstrationProfiles.appeal),
            (.basic, DemonstrationProfiles.basic),
        ]
        for (which, profile) in profiles where which == .internet || place.database == nil {
            let its = which.place(in: place)
            guard isNew || which == again, !FileManager.default.fileExists(atPath: "\(its.folder)/keys/court.key")
            else { continue }
            say("正在建立演示法院… Making the demonstration courts …")
            try await CourtHouse.found(
                at: its, profile: profile, ledgerName: "xiezhi.example/demonstration/\(which.rawValue)", logger: logger)
        }
    }

    /// What a demonstration adds to a court that is open.
    package static func parts(of court: CourtHouse) throws -> DemonstrationParts {
        guard let people = try People(court).load() else { return .none }
        let pages = DemonstrationPages(court: court, people: people)
        let secrets = Dictionary(
            people.map { ($0.account, OneTimePasswordSecret($0.secret)) }, uniquingKeysWith: { first, _ in first })
        return DemonstrationParts(areas: [MountedArea(mount: { pages.mount(on: &$0) })]) { viewer, now in
            secrets[viewer.account]?.code(at: now, later: 0)
        }
    }

    /// The people on disk, sealed under the court's key like every secret.
    struct People {
        let court: CourtHouse
        init(_ court: CourtHouse) { self.court = court }

        private var path: String { "\(court.folder.keys)/\(DemonstrationCode.peopleFile)" }
        private var context: SealingContext { SealingContext("demonstration-people", .text(court.row.code)) }

        func load() throws -> [DemonstrationPerson]? {
            guard let sealed = FileManager.default.contents(atPath: path) else { return nil }
            let plain = try Sealing.open(Array(sealed), with: court.courtKey.key(for: .accounts), for: context)
            return try JSONDecoder().decode([DemonstrationPerson].self, from: Data(plain))
        }

        func save(_ people: [DemonstrationPerson]) throws {
            let plain = try JSONEncoder().encode(people)
            try Disk.writeNew(
                try Sealing.seal(plain, with: court.courtKey.key(for: .accounts), for: context), to: path)
        }
    }
}
