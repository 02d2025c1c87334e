import Foundation
import Procedure

/// What a file is called inside the zip: as the person called it, without anything a system could take for a path, an
/// order or another kind of file.
enum EntryNameInZip {
    /// - Parameters:
    ///   - number: its place among the files, so that no two names are alike.
    ///   - isDrawnHere: a document of the court's own drawing; only those may be opened as pages.
    static func of(_ file: FileReference, number: Int, isDrawnHere: Bool) -> String {
        let ending = isDrawnHere && file.mediaType == "text/html" ? "html" : endings[file.mediaType] ?? "bin"
        var name = clean(file.name)
        for known in [ending] + (alike[ending] ?? []) where name.lowercased().hasSuffix(".\(known)") {
            name = trimmed(String(name.dropLast(known.count + 1)))
            break
        }
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return "\(padded)-\(name.isEmpty ? "file" : name).\(ending)"
    }

    /// The ending tells what opens the file, so it follows the content, never the name. What a browser would run when
    /// opened from disk is plain text here.
    private static let endings: [String: String] = [
        "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp",
        "image/heic": "heic", "video/mp4": "mp4", "video/quicktime": "mov", "audio/mpeg": "mp3", "audio/mp4": "m4a",
        "audio/wav": "wav", "audio/amr": "amr", "application/zip": "zip", "application/ofd": "ofd",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "application/x-ole-storage": "doc", "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.spreadsheet": "ods",
        "application/vnd.oasis.opendocument.presentation": "odp", "text/plain": "txt", "text/html": "txt",
        "image/svg+xml": "txt", "application/xml": "txt",
    ]

    private static let alike = ["jpg": ["jpeg"], "mp4": ["m4v"], "doc": ["xls", "ppt"]]
    private static let longest = 60

    private static func clean(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.precomposedStringWithCanonicalMapping.unicodeScalars {
            let isKept =
                switch scalar.properties.generalCategory {
                case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                    .decimalNumber, .letterNumber, .otherNumber:
                    true
                // A mark belongs to a letter; alone it would sit on the number before the name.
                case .nonspacingMark, .spacingMark: scalars.last.map { $0 != "-" } ?? false
                default: "-_.()（）《》、".unicodeScalars.contains(scalar)
                }
            scalars.append(isKept ? scalar : "-")
            if scalars.count == longest { break }
        }
        return trimmed(String(scalars))
    }

    private static func trimmed(_ name: String) -> String {
        name.trimmingCharacters(in: CharacterSet(charactersIn: "-. "))
    }
}
