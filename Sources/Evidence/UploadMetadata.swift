import Foundation
import Hummingbird
import Procedure
import Web

/// What a tus client says about a file when it begins: its name, and which docket it is for.
struct UploadMetadata: Hashable, Sendable {
    let docket: DocketID
    /// As its owner calls it, without folders and control characters.
    let name: String

    /// Reads `filename 5paH5Lu2LnBuZw==,filetype aW1hZ2UvcG5n,for …`; the type is the content's to tell.
    ///
    /// - Throws: a 400 when no docket is named or the header does not read.
    init(header: String?) throws {
        var values: [String: String] = [:]
        for pair in (header ?? "").split(separator: ",") {
            let parts = pair.split(separator: " ", omittingEmptySubsequences: true)
            guard let key = parts.first, parts.count <= 2 else { throw Problem.uploadHeader("Upload-Metadata") }
            guard let value = parts.count == 2 ? Data(base64Encoded: String(parts[1])) : Data(),
                let text = String(validating: value, as: UTF8.self), values.count < 20
            else { throw Problem.uploadHeader("Upload-Metadata") }
            values[String(key)] = text
        }
        guard let docket = (values["for"] ?? values["docket"]).flatMap(DocketID.init(rawValue:)) else {
            throw Problem.uploadHeader("Upload-Metadata")
        }
        self.docket = docket
        name = Self.plainName(values["filename"] ?? "")
    }

    static func plainName(_ name: String) -> String {
        let last = name.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let visible = last.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }.prefix(200)
        let text = String(String.UnicodeScalarView(visible)).trimmingCharacters(in: .whitespaces)
        return text.isEmpty || text == "." || text == ".." ? "file" : text
    }
}
