import Foundation

/// A folder for one test, removed with its last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/xiezhi-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The paths of all files below, relative.
    func files(under folder: String = "") throws -> [String] {
        let root = folder.isEmpty ? path : path + "/" + folder
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter {
            var isFolder = ObjCBool(false)
            return FileManager.default.fileExists(atPath: root + "/" + $0, isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    func bytes(of file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + file)))
    }

    func write(_ bytes: [UInt8], to file: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file))
    }

    func mode(of file: String) throws -> UInt16 {
        var status = stat()
        guard stat(path + "/" + file, &status) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return UInt16(status.st_mode & 0o777)
    }
}
