import Docket
import Procedure
import Storage

/// Which deliveries a person has opened (working table). Reading is no act: service counts from arrival.
enum ReadTable {
    static let migration = Migration(
        "service-003-inbox-read",
        """
        CREATE TABLE inbox_read (
            account <bytes> NOT NULL, service <bytes> NOT NULL, opened <integer> NOT NULL,
            PRIMARY KEY (account, service)
        )<strict>
        """)

    static func mark(_ service: ServiceID, by account: AccountID, at now: Instant, in t: Transaction) throws {
        try t.run(
            """
            INSERT INTO inbox_read (account, service, opened) VALUES ($1, $2, $3)
            ON CONFLICT (account, service) DO NOTHING
            """, account, service, now)
    }

    static func opened(by account: AccountID, in t: Reading) throws -> Set<ServiceID> {
        try Set(t.rows("SELECT service FROM inbox_read WHERE account = $1", account).map { try $0.identifier(0) })
    }
}
