/// What can go wrong between us and a database. Only `Storage` knows GRDB's and libpq's own errors.
///
/// No case carries a stored value: the texts name tables, columns, constraints and error codes only.
package enum StorageError: Error, Hashable, Sendable {
    /// A key is taken. SQLite names the columns (`act.docket, act.position`), PostgreSQL the constraint (`act_pkey`).
    case duplicateKey(String?)
    /// Too much going on, a lock not given in time or a statement that ran too long. Nothing was written; try again.
    case busy
    /// No room left on the disk. Nothing was written.
    case full
    /// The database cannot be reached or the store is closed.
    ///
    /// From `write` it may mean an unknown outcome: on PostgreSQL a connection lost during COMMIT; on SQLite a disk that
    /// failed during the sync, where a crash right after may bring the commit back. Only an idempotency key can tell.
    case gone
    /// The store, the disk or the server takes no writes.
    case readOnly
    /// A rule of the schema declined: check, not null, foreign key, type, append-only.
    case constraint(String)
    /// Another process, or another store in this one, already writes to this file.
    case alreadyOpen(String)
    /// The database knows a migration that this program does not: it was opened by a newer release.
    case newerSchema(migration: String)
    /// A read-only store lacks a migration that this program needs.
    case olderSchema(migration: String)
    /// Our own mistake, or damage.
    case unexpected(String)
}
