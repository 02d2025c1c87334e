import Procedure
import Storage

/// Which case a payment number belongs to: the payment service knows the number alone.
enum PaymentTable {
    static let migration = Migration(
        "filing-desk-001-payments",
        """
        CREATE TABLE filing_payment (
            payment <bytes> PRIMARY KEY, docket <bytes> NOT NULL, made <integer> NOT NULL
        )<strict>
        """)

    static func insert(_ payment: PaymentID, docket: DocketID, at now: Instant, in t: Transaction) throws {
        try t.run(
            """
            INSERT INTO filing_payment (payment, docket, made) VALUES ($1, $2, $3) ON CONFLICT (payment) DO NOTHING
            """, payment, docket, now)
    }

    static func docket(of payment: PaymentID, in t: Reading) throws -> DocketID? {
        try t.row("SELECT docket FROM filing_payment WHERE payment = $1", payment)?.identifier(0)
    }

    static func forget(_ docket: DocketID, in t: Transaction) throws {
        try t.run("DELETE FROM filing_payment WHERE docket = $1", docket)
    }
}
