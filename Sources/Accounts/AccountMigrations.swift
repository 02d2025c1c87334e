import Storage

/// The tables of this room. All are working tables: what the law gives effect (registration, identity checks, offices)
/// is entered as acts by the caller, in the same transaction.
package enum AccountMigrations {
    package static let all: [Migration] = [
        Migration(
            "accounts-1",
            """
            CREATE TABLE account (
                id <bytes> NOT NULL PRIMARY KEY,
                kind <text> NOT NULL CHECK (kind IN ('person', 'staff')),
                sign_in_digest <bytes> NOT NULL UNIQUE,
                sign_in_name <bytes> NOT NULL,
                name <bytes> NOT NULL,
                resident_number <bytes>,
                mobile <bytes>,
                created_at <integer> NOT NULL,
                verified_at <integer>,
                disabled_at <integer>
            )<strict>;

            CREATE TABLE account_token (
                token <integer> NOT NULL,
                account <bytes> NOT NULL REFERENCES account (id),
                PRIMARY KEY (token, account)
            )<strict>;

            CREATE TABLE account_office (
                account <bytes> NOT NULL REFERENCES account (id),
                office <text> NOT NULL,
                since <integer> NOT NULL,
                PRIMARY KEY (account, office)
            )<strict>;

            CREATE TABLE account_password (
                account <bytes> NOT NULL PRIMARY KEY REFERENCES account (id),
                hash <bytes> NOT NULL,
                stands_alone <integer> NOT NULL,
                changed_at <integer> NOT NULL
            )<strict>;

            CREATE TABLE account_second_factor (
                account <bytes> NOT NULL PRIMARY KEY REFERENCES account (id),
                secret <bytes>,
                pending <bytes>,
                last_step <integer> NOT NULL
            )<strict>;

            CREATE TABLE account_recovery_code (
                digest <bytes> NOT NULL PRIMARY KEY,
                account <bytes> NOT NULL REFERENCES account (id),
                used_at <integer>
            )<strict>;
            CREATE INDEX account_recovery_code_account ON account_recovery_code (account);

            CREATE TABLE account_session (
                id <bytes> NOT NULL PRIMARY KEY,
                token_digest <bytes> NOT NULL UNIQUE,
                account <bytes> NOT NULL REFERENCES account (id),
                stage <text> NOT NULL CHECK (stage IN ('pending', 'open')),
                created_at <integer> NOT NULL,
                seen_at <integer> NOT NULL,
                ends_at <integer> NOT NULL,
                second_factor_at <integer>,
                address <text> NOT NULL,
                device <bytes> NOT NULL
            )<strict>;
            CREATE INDEX account_session_account ON account_session (account);

            CREATE TABLE account_throttle (
                subject <bytes> NOT NULL PRIMARY KEY,
                attempts <integer> NOT NULL,
                last_at <integer> NOT NULL,
                blocked_until <integer> NOT NULL
            )<strict>;

            CREATE TABLE account_sign_in (
                id <bytes> NOT NULL PRIMARY KEY,
                account <bytes>,
                at <integer> NOT NULL,
                outcome <text> NOT NULL,
                address <text> NOT NULL,
                device <bytes> NOT NULL
            )<strict>;
            CREATE INDEX account_sign_in_account ON account_sign_in (account, at);

            CREATE TABLE account_identity_check (
                id <bytes> NOT NULL PRIMARY KEY,
                account <bytes> NOT NULL REFERENCES account (id),
                photographs <text> NOT NULL,
                asked_at <integer> NOT NULL,
                decided_at <integer>,
                decided_by <bytes> REFERENCES account (id),
                outcome <text> CHECK (outcome IN ('verified', 'refused')),
                reason <bytes>
            )<strict>;
            CREATE UNIQUE INDEX account_identity_check_open ON account_identity_check (account) WHERE decided_at IS NULL;

            CREATE TABLE account_enrolment (
                digest <bytes> NOT NULL PRIMARY KEY,
                account <bytes> NOT NULL REFERENCES account (id),
                issued_by <bytes>,
                issued_at <integer> NOT NULL,
                ends_at <integer> NOT NULL,
                used_at <integer>
            )<strict>;

            CREATE TABLE invitation_code (
                digest <bytes> NOT NULL PRIMARY KEY,
                docket <bytes> NOT NULL,
                party <bytes> NOT NULL,
                issued_at <integer> NOT NULL,
                ends_at <integer> NOT NULL,
                ended_at <integer>,
                used_by <bytes>
            )<strict>;
            CREATE INDEX invitation_code_place ON invitation_code (docket, party);
            """),
        AppendOnly.migration("accounts-sign-in-append-only", tables: "account_sign_in"),
    ]

    /// What the test that lists every table once expects here.
    package static let workingTables = [
        "account", "account_token", "account_office", "account_password", "account_second_factor",
        "account_recovery_code",
        "account_session", "account_throttle", "account_sign_in", "account_identity_check", "account_enrolment",
        "invitation_code",
    ]
}
