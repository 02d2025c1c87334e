/// What SQLite and PostgreSQL each do behind a `Store`.
protocol Engine: Sendable {
    func write<Result: Sendable>(lostKey: LostKey, _ body: @escaping @Sendable (Transaction) throws -> Result)
        async throws -> Result
    func read<Result: Sendable>(_ body: @escaping @Sendable (Reading) throws -> Result) async throws -> Result
    func listen(channel: String) async throws -> AsyncStream<String>
    func backup(to path: String) async throws
    func close() async throws
}

/// What happens on PostgreSQL when a key was taken by someone who committed in between. (On SQLite nobody can.)
package enum LostKey: Sendable {
    /// The error is the caller's.
    case fails
    /// The whole closure runs once more, on fresh state.
    case runsAgain
}
