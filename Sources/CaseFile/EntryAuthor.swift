import Procedure

extension Entry {
    /// By whom the docket says it was done: the office, or the party by the name it then had.
    func author(in state: CaseState) -> (role: Words, name: String?) {
        switch capacity {
        case .party:
            party.flatMap { state.parties.place($0) }.map { ($0.role.name, $0.details.name) }
                ?? (Words("当事人", "A party"), nil)
        case .filingClerk: (Words("立案庭", "Filing clerk"), nil)
        case .clerk: (Words("书记员", "Court clerk"), nil)
        case .judge: (Words("法官", "Judge"), nil)
        case .president: (Words("院长", "Court president"), nil)
        case .administrator: (Words("管理员", "Administrator"), nil)
        case .court: (Words("法院", "The court"), nil)
        }
    }
}
