import Foundation
import Storage

/// How much one person may have on its way, and what the disk keeps for the court's own writes.
package struct UploadLimits: Sendable {
    /// Unfinished or unused uploads of one person at a time.
    package var openUploads = 60
    /// The bytes they declare together.
    package var openBytes: Int64 = 24 << 30
    package var largestFile: Int64 = FileStore.largestFile
    /// Bytes no upload may touch, so that acts can be entered while the disk fills.
    package var reserve: Int64 = 1 << 30
    /// Days after which an upload that nobody touches is swept.
    package var daysKept = 7
    /// The bytes that are free now.
    package var freeBytes: @Sendable () throws -> Int64

    package init(freeBytes: @escaping @Sendable () throws -> Int64) { self.freeBytes = freeBytes }

    /// For files that lie in this folder.
    package init(folder: String) {
        freeBytes = {
            let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder)
            return (attributes[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        }
    }
}
