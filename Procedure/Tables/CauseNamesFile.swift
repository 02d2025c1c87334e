import Procedure

/// cause_names_en.json: what the causes and the headings above them are called in English, in our own translation.
struct CauseNamesFile: Decodable {
    /// By the Chinese name, since headings have no ids.
    let headings: [String: String]
    /// By id.
    let causes: [String: String]

    func heading(_ name: String) throws(UnreadableTable) -> Words {
        guard let english = headings[name], !english.isEmpty else { throw unreadable("no English name for \(name)") }
        return Words(name, english)
    }

    func cause(_ id: String) throws(UnreadableTable) -> String {
        guard let english = causes[id], !english.isEmpty else { throw unreadable("no English name for \(id)") }
        return english
    }

    /// A name that is left over was written for a cause that has been renumbered or renamed.
    func requireNothing(beyond headings: Set<String>, _ ids: Set<String>) throws(UnreadableTable) {
        let left = Set(self.headings.keys).subtracting(headings).union(Set(causes.keys).subtracting(ids))
        guard left.isEmpty else { throw unreadable("names of nothing: \(left.sorted().joined(separator: ", "))") }
    }

    private func unreadable(_ reason: String) -> UnreadableTable {
        UnreadableTable(name: "cause_names_en", reason: reason)
    }
}
