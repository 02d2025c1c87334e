import Accounts
import Procedure
import Storage

/// A judge of this court, as the draw needs to know them.
package struct BenchJudge: Hashable, Sendable {
    package let account: AccountID
    package let name: String
    /// Known for some members of staff: it tells that a judge is also a party under another account.
    package let residentNumber: String?

    package init(account: AccountID, name: String, residentNumber: String?) {
        self.account = account
        self.name = name
        self.residentNumber = residentNumber
    }

    /// Everyone whose account holds the office of judge and is open.
    package static func registered(in accounts: AccountRegister) -> FilingDesk.Bench {
        { reading in
            let rows = try reading.rows(
                """
                SELECT o.account FROM account_office o JOIN account a ON a.id = o.account
                WHERE o.office = $1 AND a.disabled_at IS NULL ORDER BY o.account
                """, Office.judge.rawValue)
            return try rows.compactMap { row in
                guard let account = try accounts.account(row.identifier(0), in: reading) else { return nil }
                return BenchJudge(
                    account: account.id, name: account.name, residentNumber: account.residentNumber?.rawValue)
            }
        }
    }
}

extension CaseState {
    /// Why this judge may not hear the case; nil when nothing is known against it.
    ///
    /// A judge who fills a place, or whose identity number is a party's, is barred. A mere namesake is not: people
    /// share names, so the desk only shows it.
    ///
    /// - Source: Civil Procedure Law art. 47.
    func bar(_ judge: BenchJudge) -> String? {
        if parties.place(of: judge.account) != nil { return "本案当事人" }
        if filing.recused.contains(judge.account) { return "已在本案中回避" }
        let numbers = parties.places.compactMap(\.details.residentNumber)
        if let number = judge.residentNumber, numbers.contains(number) { return "与当事人身份证件号码相同" }
        return nil
    }

    /// Judges who share a name with a party: for a person to look at.
    func namesakes(among bench: [BenchJudge]) -> [BenchJudge] {
        let names = Set(parties.places.map(\.details.name))
        return bench.filter { names.contains($0.name) && bar($0) == nil }
    }
}
