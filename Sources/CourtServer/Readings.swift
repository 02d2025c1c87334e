import Accounts
import Docket
import Logging
import Procedure
import ServiceLifecycle
import Web

/// Keeps the log of readings of a court that serves: writes each down, and closes the hours (D43).
struct Readings: Service {
    let registry: Registry
    let log: ReadLog
    let logger: Logger

    init(of court: CourtHouse) {
        registry = court.registry
        log = court.readings
        logger = court.logger
    }

    /// Called before a page is sent. A draft is its owner's alone, and is not written down.
    func note(_ reading: PageReading) async throws {
        let session = reading.viewer.session.rawValue
        let isNoted = log.hasNoted(
            session: session, docket: reading.docket, what: reading.template, object: reading.object, at: reading.at)
        guard !isNoted else { return }
        let why: [String]
        if let docket = reading.docket {
            guard let (_, state) = try await existing(docket) else { return }
            why = reading.viewer.relations(in: state).map(\.rawValue)
        } else {
            why = reading.viewer.offices.map(\.rawValue).sorted()
        }
        try await log.note(
            ReadLine(
                account: reading.viewer.account, session: session, docket: reading.docket,
                what: reading.template, object: reading.object, why: why.joined(separator: " "), at: reading.at))
    }

    private func existing(_ docket: DocketID) async throws -> (head: DocketHead, state: CaseState)? {
        do {
            return try await registry.docket(docket)
        } catch is NoSuchDocket {
            return nil
        }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await log.closeHours(now: registry.clock.now)
                } catch {
                    logger.warning("hour not closed", metadata: ["error": "\(type(of: error))"])
                }
                try? await Task.sleep(for: .seconds(60))
            }
        }
    }
}
