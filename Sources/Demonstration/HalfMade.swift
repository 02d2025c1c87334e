import CourtServer
import Foundation

/// A first start that was broken off leaves half a demonstration, in which nothing is anybody's yet: it is begun again.
///
/// A file beside the folder says so. It is only ever put beside an empty folder or a demonstration, and only what it
/// stands beside is cleared. On PostgreSQL nothing is.
struct HalfMade {
    private let place: CourtPlace

    init(_ place: CourtPlace) { self.place = place }

    private var sign: String { "\(place.folder).unfinished" }
    private var isOnDisk: Bool { place.database == nil }

    /// - Returns: whether there was something half made.
    func clear() throws -> Bool {
        guard isOnDisk, FileManager.default.fileExists(atPath: sign) else { return false }
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place.folder)) ?? [] {
            let path = "\(place.folder)/\(name)"
            // Another demonstration court below this one, which has its people.
            if FileManager.default.fileExists(atPath: "\(path)/keys/\(DemonstrationCode.peopleFile)") { continue }
            try FileManager.default.removeItem(atPath: path)
        }
        return true
    }

    func markIfEmpty() throws {
        if (try? FileManager.default.contentsOfDirectory(atPath: place.folder))?.isEmpty ?? true { try mark() }
    }

    func mark() throws {
        guard isOnDisk else { return }
        let parent = URL(fileURLWithPath: sign).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: sign))
    }

    func finish() throws {
        if isOnDisk, FileManager.default.fileExists(atPath: sign) { try FileManager.default.removeItem(atPath: sign) }
    }
}
