import Docket
import Procedure

/// Every file an entry names, wherever in its body, in the order of the canonical text. The page in the case file looks
/// for the same three members, so the two always agree.
enum FilesNamed {
    /// - Parameter content: the canonical JSON of the entry.
    static func by(_ content: [UInt8]) throws -> [FileReference] {
        var found: [FileReference] = []
        try collect(try JSONReader.read(content), into: &found)
        return found
    }

    private static func collect(_ value: JSONValue, into found: inout [FileReference]) throws {
        switch value {
        case .array(let items): for item in items { try collect(item, into: &found) }
        case .object(let members):
            if case .text? = members["file"], case .text? = members["digest"], case .integer? = members["bytes"] {
                found.append(try JSONCoding.decode(FileReference.self, from: value))
                return
            }
            for (_, member) in members.sorted(by: { $0.key < $1.key }) { try collect(member, into: &found) }
        default: return
        }
    }
}
