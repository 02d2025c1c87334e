import Foundation
import Procedure
import Storage

/// Someone who works in the court, as the administrator sees them.
package struct StaffMember: Hashable, Sendable {
    package let id: AccountID
    package let name: String
    package let signInName: String
    package let offices: Set<Office>
    package let isEnrolled: Bool
    package let isDisabled: Bool
}

/// What is told about a new member of staff. Its initialiser is the only check.
package struct NewStaff: Sendable {
    package let name: String
    package let signInName: SignInName
    package let offices: Set<Office>
    /// Lets the court see that nobody decides about themselves.
    package let residentNumber: ResidentNumber?

    /// - Throws: a `Refusal` about the field that is wrong; one when an auditor or administrator would also decide cases.
    package init(name: String, signInName: String, offices: Set<Office>, residentNumber: String?) throws(Refusal) {
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...100).contains(name.count) else { throw .nameMalformed }
        guard let signInName = SignInName(typed: signInName) else { throw .signInNameMalformed }
        try offices.requireSeparation()
        self.name = name
        self.signInName = signInName
        self.offices = offices
        if let typed = residentNumber, !typed.isEmpty {
            guard let number = ResidentNumber(rawValue: typed) else { throw .residentNumberMalformed }
            self.residentNumber = number
        } else {
            self.residentNumber = nil
        }
    }
}

extension AccountRegister {
    /// Creates a member of staff, who sets password and second factor with the code.
    ///
    /// - Returns: the code, good once and for 72 hours; it can be shown only now.
    /// - Throws: `Forbidden` or `SecondFactorNeeded` unless an administrator asks; a `Refusal` when the name is taken.
    package func createStaff(
        _ new: NewStaff, by administrator: Viewer,
        entering: @escaping @Sendable (Transaction, AccountID) throws -> Void = { _, _ in }
    ) async throws -> EnrolmentCode {
        try administrator.require(.createStaff, now: clock())
        return try await store.write { t in
            let code = try add(new, by: administrator.account, in: t)
            try entering(t, code.account)
            return code
        }
    }

    /// Creates the first administrator of a court, from the command line of the machine it runs on.
    ///
    /// - Throws: a `Refusal` once any administrator has enrolled, or when the name is taken.
    package func createFirstAdministrator(
        name: String, signInName: String,
        entering: @escaping @Sendable (Transaction, AccountID) throws -> Void = { _, _ in }
    ) async throws -> EnrolmentCode {
        let new = try NewStaff(name: name, signInName: signInName, offices: [.administrator], residentNumber: nil)
        return try await store.write { t in
            try t.lock(key: firstAdministratorLock)
            let enrolled = try t.row(
                """
                SELECT 1 FROM account_office o
                JOIN account a ON a.id = o.account
                JOIN account_second_factor f ON f.account = o.account
                WHERE o.office = $1 AND a.disabled_at IS NULL AND f.secret IS NOT NULL
                """,
                Office.administrator.rawValue)
            guard enrolled == nil else { throw Refusal.administratorExists }
            let code = try add(new, by: nil, in: t)
            try entering(t, code.account)
            return code
        }
    }

    /// Gives and ends offices; what a person may do changes within a second.
    ///
    /// - Parameter entering: is told which offices were given and which ended.
    /// - Throws: `Forbidden` unless an administrator asks, and about oneself; `NotFound`; a `Refusal` about the mixture.
    package func setOffices(
        _ offices: Set<Office>, of account: AccountID, by administrator: Viewer,
        entering: @escaping @Sendable (Transaction, _ given: Set<Office>, _ ended: Set<Office>) throws -> Void = {
            _, _, _ in
        }
    ) async throws {
        try administrator.require(.createStaff, now: clock())
        guard account != administrator.account else { throw Forbidden(.createStaff) }
        try offices.requireSeparation()
        try await store.write { t in
            try t.lock("SELECT id FROM account WHERE id = $1", account)
            guard try self.account(account, in: t)?.kind == .staff else { throw NotFound() }
            let held = try self.offices(of: account, in: t)
            for office in held.subtracting(offices) {
                try t.run("DELETE FROM account_office WHERE account = $1 AND office = $2", account, office.rawValue)
            }
            for office in offices.subtracting(held) { try give(office, to: account, in: t) }
            try entering(t, offices.subtracting(held), held.subtracting(offices))
        }
        seen.forget { $0.account == account }
    }

    /// Closes an account and ends its sessions.
    ///
    /// - Throws: `Forbidden` unless an administrator asks, and about oneself; `NotFound`.
    package func disable(
        _ account: AccountID, by administrator: Viewer,
        entering: @escaping @Sendable (Transaction) throws -> Void = { _ in }
    ) async throws {
        try administrator.require(.disableAccount, now: clock())
        guard account != administrator.account else { throw Forbidden(.disableAccount) }
        try await store.write { t in
            let disabled = try t.run(
                "UPDATE account SET disabled_at = $1 WHERE id = $2 AND disabled_at IS NULL", clock(), account)
            guard disabled == 1 else { throw NotFound() }
            try endSessions(of: account, in: t)
            try endEnrolments(of: account, in: t)
            try entering(t)
        }
        seen.forget { $0.account == account }
    }

    /// Members of staff whose name holds what was typed; all of them for nothing typed.
    ///
    /// - Throws: `Forbidden` unless an administrator asks.
    package func staff(named typed: String = "", for administrator: Viewer) async throws -> [StaffMember] {
        guard Permission.allows(.createStaff, .none, administrator.offices, nil) else { throw Forbidden(.createStaff) }
        let folded = NameFolding.fold(typed)
        return try await store.read { t in
            let found =
                folded.isEmpty
                ? try t.rows("SELECT id FROM account WHERE kind = 'staff'").compactMap {
                    try account(try $0.identifier(0), in: t)
                } : try accounts(with: keys.tokens.searching(name: typed), in: t)
            return
                try found
                .filter { $0.kind == .staff && (folded.isEmpty || NameFolding.fold($0.name).contains(folded)) }
                .map { account in
                    StaffMember(
                        id: account.id, name: account.name, signInName: account.signInName,
                        offices: try offices(of: account.id, in: t), isEnrolled: account.hasSecondFactor,
                        isDisabled: account.disabledAt != nil)
                }
                .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        }
    }

    private func add(_ new: NewStaff, by administrator: AccountID?, in t: Transaction) throws -> EnrolmentCode {
        let account = NewAccount(
            kind: .staff, signInName: new.signInName, name: new.name, residentNumber: new.residentNumber, mobile: nil)
        guard try insert(account, at: clock(), in: t) else { throw Refusal.signInNameTaken }
        for office in new.offices { try give(office, to: account.id, in: t) }
        return try issueEnrolment(for: account.id, by: administrator, in: t)
    }

    private func give(_ office: Office, to account: AccountID, in t: Transaction) throws {
        try t.run(
            "INSERT INTO account_office (account, office, since) VALUES ($1, $2, $3)", account, office.rawValue, clock()
        )
    }
}

/// Two command lines at once make one first administrator.
private let firstAdministratorLock: Int64 = 0x7869_657A_6163_0001

extension Set<Office> {
    /// Administration, audit and the work on cases are three hands (三员分立, GB/T 22239-2019 8.1.4).
    fileprivate func requireSeparation() throws(Refusal) {
        let hands = [
            contains(.administrator), contains(.auditor), !isDisjoint(with: [.filingClerk, .clerk, .judge]),
        ]
        guard hands.filter({ $0 }).count <= 1 else { throw .officesMixed }
        guard !isEmpty else { throw .officesMixed }
    }
}

extension Refusal {
    package static let signInNameTaken = Refusal(
        code: "account.sign-in-name-taken", article: nil,
        reason: Words("该登录名已被使用。", "This sign-in name is in use."),
        remedy: Words("请换一个登录名。", "Choose another one."), fields: ["name"])
    package static let administratorExists = Refusal(
        code: "account.administrator-exists", article: nil,
        reason: Words("本院已有管理员。", "This court has an administrator."),
        remedy: Words("请由现有管理员创建账号。", "Ask that administrator to create the account."))
    package static let officesMixed = Refusal(
        code: "account.offices-mixed", article: nil,
        reason: Words(
            "管理员、审计员与办案职务不得由同一账号担任，且至少需要一个职务。",
            "Administrator, auditor and work on cases need separate accounts, and one office at least."),
        remedy: Words("请分别创建账号。", "Create separate accounts."), fields: ["offices"])
}
