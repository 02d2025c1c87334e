import Crypto
import Foundation
import Procedure
import Storage

/// One answer per request key: a repeat of the same request gets the first answer, another request is refused.
package enum Idempotency {
    static let migration = Migration(
        "docket-007-idempotency",
        """
        CREATE TABLE idempotency (
            scope <text> NOT NULL, name <text> NOT NULL, request <bytes> NOT NULL, answer <text> NOT NULL,
            made <integer> NOT NULL, PRIMARY KEY (scope, name)
        )<strict>
        """,
        "CREATE INDEX idempotency_made ON idempotency (made)")

    /// Keys are kept this long.
    package static let days = 30

    /// What a repeat is told from: where the first answer is.
    package enum Standing: Hashable, Sendable {
        case first
        /// The same request was done before; this is what it entered, as the use case wrote it.
        case done(answer: String)
    }

    /// Looks for the key inside the transaction of the use case.
    ///
    /// - Parameters:
    ///   - scope: the account (or form token) and the route.
    ///   - request: everything that makes the request what it is.
    /// - Throws: `IdempotencyKeyReused` when the key was used for something else.
    package static func check(
        _ name: String, scope: String, request: [UInt8], key: CourtKey, in transaction: Transaction
    ) throws -> Standing {
        let row = try transaction.row(
            "SELECT request, answer FROM idempotency WHERE scope = $1 AND name = $2", scope, name)
        guard let row else { return .first }
        guard KeyedDigest.matches(try row.bytes(0), request, with: key.key(for: .idempotency)) else {
            throw IdempotencyKeyReused()
        }
        return .done(answer: try row.text(1))
    }

    /// Keeps the answer; called in the same transaction, after the acts.
    package static func keep(
        _ name: String, scope: String, request: [UInt8], answer: String, key: CourtKey, at now: Instant,
        in transaction: Transaction
    ) throws {
        try transaction.run(
            "INSERT INTO idempotency (scope, name, request, answer, made) VALUES ($1, $2, $3, $4, $5)", scope, name,
            KeyedDigest.of(request, with: key.key(for: .idempotency)), answer, now)
    }

    /// Forgets keys older than thirty days.
    package static func sweep(before: Instant, in transaction: Transaction) throws {
        try transaction.run("DELETE FROM idempotency WHERE made < $1", before)
    }
}

/// The key came with another request before.
package struct IdempotencyKeyReused: Error, Hashable, Sendable {}
