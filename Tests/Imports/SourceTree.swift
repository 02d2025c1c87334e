import Foundation

/// One Swift file of the repository.
struct SourceFile: Sendable, CustomStringConvertible {
    /// From the root of the repository, such as `Sources/Docket/ActTable.swift`.
    let path: String
    /// Taken apart once: every test asks it.
    let text: SwiftText

    init(path: String, source: String) {
        self.path = path
        text = SwiftText(source)
    }

    var lineCount: Int { text.lines.count }
    var description: String { path }

    /// Whether the file lies in the folder, at any depth.
    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }
}

/// The repository as these tests read it: what is on disk, not what the manifest says.
struct SourceTree: Sendable {
    let files: [SourceFile]
    /// Every folder that holds code or tests, from the root of the repository.
    let folders: [String]
    let manifests: [SourceFile]

    static let here: SourceTree = {
        // Tests/Imports/SourceTree.swift is three steps below the root.
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return SourceTree(root: root)
    }()

    init(root: URL) {
        var files: [SourceFile] = []
        var folders: [String] = []
        for top in [
            "Sources", "Tests", "Procedure/Sources", "Procedure/Tables", "Procedure/Tests", "Ledger/Sources",
            "Ledger/Tests",
        ] {
            let walk = FileManager.default.enumerator(
                at: root.appending(path: top), includingPropertiesForKeys: [.isDirectoryKey],
                options: [.skipsHiddenFiles])
            while let place = walk?.nextObject() as? URL {
                let path = String(place.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count))
                    .drop { $0 == "/" }
                if (try? place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true {
                    folders.append(String(path))
                } else if place.pathExtension == "swift", let source = try? String(contentsOf: place, encoding: .utf8) {
                    files.append(SourceFile(path: String(path), source: source))
                }
            }
        }
        self.files = files.sorted { $0.path < $1.path }
        self.folders = folders.sorted()
        manifests = ["Package.swift", "Procedure/Package.swift", "Ledger/Package.swift"].compactMap { path in
            (try? String(contentsOf: root.appending(path: path), encoding: .utf8)).map {
                SourceFile(path: path, source: $0)
            }
        }
    }

    func files(in folder: String) -> [SourceFile] { files.filter { $0.isIn(folder) } }
}
