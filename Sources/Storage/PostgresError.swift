/// What the server said, before it becomes a `StorageError`; the engine decides by it what runs again.
struct PostgresError: Error {
    let state: String
    let message: String
    let constraint: String?

    /// The connection broke; nobody said anything.
    static let lost = PostgresError(state: "08006", message: "connection lost", constraint: nil)

    private init(state: String, message: String, constraint: String?) {
        self.state = state
        self.message = message
        self.constraint = constraint
    }

    init(_ result: PostgresResult) {
        state = result.field("C") ?? "XX000"
        // The primary message only: the detail repeats stored values.
        message = result.field("M") ?? ""
        constraint = result.field("n")
    }

    enum Remedy { case none, runAgain, reconnect }

    /// What may be done about it while COMMIT has not been sent.
    var remedy: Remedy {
        switch state {
        // Serialization failure, deadlock.
        case "40001", "40P01": .runAgain
        // A plan that a migration made stale, a statement that is gone; a primary that has become a standby.
        case "0A000", "26000", "25006": .reconnect
        case let state where isLost(state): .reconnect
        default: .none
        }
    }

    var isConnectionLost: Bool { isLost(state) }

    private func isLost(_ state: String) -> Bool { state.hasPrefix("08") || state.hasPrefix("57P") || state == "25P03" }

    var storageError: StorageError {
        switch state {
        case "23505": .duplicateKey(constraint)
        case "P0001", "23001", "23503": .constraint(constraint ?? message)
        case "53100": .full
        case "25006": .readOnly
        // Timeout of a statement or a lock, too many connections, no memory.
        case "57014", "55P03", "40001", "40P01": .busy
        case let state where state.hasPrefix("53"): .busy
        case let state where isLost(state): .gone
        case let state where state.hasPrefix("23"): .constraint(constraint ?? "\(state): \(message)")
        // These messages repeat the value that did not fit.
        case let state where state.hasPrefix("22"): .constraint(state)
        default: .unexpected("PostgreSQL \(state): \(message)")
        }
    }
}
