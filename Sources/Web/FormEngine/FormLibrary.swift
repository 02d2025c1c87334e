import Docket
import Foundation
import Procedure

/// The forms that lie beside this module, read once at start: every `*.complaint.json` and `*.answer.json`.
package struct FormLibrary: Sendable {
    private let forms: [String: FormDefinition]

    package init(_ forms: [FormDefinition]) {
        self.forms = Dictionary(forms.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// - Throws: `UnreadableForm` naming the file: a form that does not read is our own mistake and stops the start.
    package static func shipped() throws -> FormLibrary {
        try FormLibrary(
            ShippedFiles.named { $0.hasSuffix(".complaint.json") || $0.hasSuffix(".answer.json") }.map { name, bytes in
                try ShippedFiles.read(FormDefinition.self, name, bytes)
            })
    }

    /// By its id, such as `online-shopping/1`; an older version is nil once its file is gone.
    package subscript(id: String) -> FormDefinition? { forms[id] }

    /// The newest version of each form for a purpose, by name.
    package func newest(_ purpose: FormDefinition.Purpose) -> [FormDefinition] {
        let all = forms.values.filter { $0.purpose == purpose }
        return Dictionary(grouping: all, by: \.name).values.compactMap { $0.max { $0.version < $1.version } }
            .sorted { $0.name < $1.name }
    }
}

/// A data file of ours that does not read.
package struct UnreadableForm: Error, CustomStringConvertible {
    package let name: String
    package let reason: String
    package var description: String { "the form \(name) does not read: \(reason)" }
}

enum ShippedFiles {
    static let folder = Bundle.module.bundleURL.appendingPathComponent("Assets/forms")

    static func named(_ wanted: (String) -> Bool) throws -> [(name: String, bytes: [UInt8])] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter(wanted).sorted().map { name in
            (name, [UInt8](try Data(contentsOf: folder.appendingPathComponent(name))))
        }
    }

    /// Reads strictly: a name nobody asks for is a spelling mistake, and would otherwise be dropped without a word.
    static func read<Value: Codable>(_ type: Value.Type, _ name: String, _ bytes: [UInt8]) throws -> Value {
        do {
            let json = try JSONReader.read(bytes)
            let value = try JSONCoding.decode(type, from: json)
            guard try JSONCoding.encode(value) == json else {
                throw UnreadableForm(name: name, reason: "it has names that mean nothing")
            }
            return value
        } catch let unreadable as UnreadableForm {
            throw unreadable
        } catch {
            throw UnreadableForm(name: name, reason: String(describing: error))
        }
    }
}
