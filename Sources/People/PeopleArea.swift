import Accounts
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// Coming in (人员): registration, the clerk's check of identity, signing in, one's own account, staff.
package struct PeopleArea: Sendable {
    let registry: Registry
    let accounts: AccountRegister
    let files: FileStore
    /// The court's own docket, where offices are on record.
    let courtDocket: DocketID

    package init(registry: Registry, accounts: AccountRegister, files: FileStore, courtDocket: DocketID) {
        self.registry = registry
        self.accounts = accounts
        self.files = files
        self.courtDocket = courtDocket
    }

    package static let migrations: [Migration] = [PersonDocketTable.migration]
    package var handlers: [EffectHandler] { [] }

    package func mount(on routes: inout Routes) {
        let signIn = SignInPages(area: self)
        routes.form(
            "/sign-in", face: .both, access: .anyone, show: { try await signIn.page($1, $2) },
            send: { try await signIn.signIn($0, $1) })
        routes.form(
            "/sign-in/code", face: .both, access: .anyone, show: { try await signIn.codePage($1, $2) },
            send: { try await signIn.code($0, $1) })
        routes.form(
            "/step-up", face: .both, show: { try await signIn.stepUpPage($1, $2) },
            send: { try await signIn.stepUp($0, $1) })
        routes.post("/sign-out", face: .both, access: .anyone) { try await signIn.signOut($0, $1) }

        let own = OwnAccountPages(area: self)
        routes.get("/account", face: .both) { try await own.page($1) }
        routes.post("/account/sessions/end", face: .both) { try await own.endOthers($1) }
        routes.form(
            "/account/second-factor", face: .both, show: { try await own.secondFactorPage($1, $2) },
            send: { try await own.setSecondFactor($0, $1) })

        let keys = KeyPages(area: self)
        routes.form(
            "/account/password", face: .both, show: { try await keys.passwordPage($1, $2) },
            send: { try await keys.changePassword($0, $1) })
        routes.form(
            "/account/recovery-codes", face: .both,
            show: { _, context, _ in try await keys.recoveryCodesPage(context) },
            send: { try await keys.renewRecoveryCodes($1) })

        let registration = RegistrationPages(area: self)
        routes.form(
            "/register", face: .public, access: .anyone, show: { try await registration.page($1, $2) },
            send: { try await registration.register($0, $1) })
        routes.get("/account/identity", face: .public) { try await registration.identityPage($1) }
        routes.post("/account/identity", face: .public, maximumBodyBytes: BodyLimit.upload) {
            try await registration.handIn($0, $1)
        }

        let desk = IdentityDeskPages(area: self)
        routes.get("/desk/people", face: .chambers) { try await desk.queue($1) }
        routes.form(
            "/desk/people/:check", face: .chambers, show: { try await desk.page($1, $2) },
            send: { try await desk.decide($1) })
        routes.get("/desk/people/:check/photographs/:file", face: .chambers, kind: .asset) {
            try await desk.photograph($1)
        }

        let staff = StaffPages(area: self)
        routes.form(
            "/admin", face: .chambers, show: { try await staff.page($1, $2) }, send: { try await staff.create($1) })
        let member = StaffMemberPage(area: self)
        routes.form(
            "/admin/:account", face: .chambers, show: { try await member.page($1, $2) },
            send: { try await member.setOffices($1) })
        routes.post("/admin/:account/code", face: .chambers) { try await member.issueCode($1) }
        routes.post("/admin/:account/close", face: .chambers) { try await member.close($1) }
        routes.form(
            "/enrol", face: .both, access: .anyone, show: { try await staff.enrolPage($1, $2) },
            send: { try await staff.enrol($0, $1) })
    }

    /// Where the request comes from, as the sign-in log keeps it.
    func client(_ request: Request, _ context: CourtContext) -> Client {
        Client(address: context.clientAddress, device: String((request.headers[.userAgent] ?? "").prefix(200)))
    }
}

/// Which docket is whose (人员卷宗): found by account, never by name.
enum PersonDocketTable {
    static let migration = Migration(
        "people-001-person-dockets",
        "CREATE TABLE person_docket (account <bytes> PRIMARY KEY, docket <bytes> NOT NULL)<strict>")

    static func docket(of account: AccountID, in reading: Reading) throws -> DocketID? {
        try reading.row("SELECT docket FROM person_docket WHERE account = $1", account)?.identifier(0)
    }

    static func insert(_ docket: DocketID, of account: AccountID, in transaction: Transaction) throws {
        try transaction.run("INSERT INTO person_docket (account, docket) VALUES ($1, $2)", account, docket)
    }
}
