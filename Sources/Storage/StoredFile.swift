import Procedure

/// A file whose bytes are durable, ready to be entered in the catalogue and named by an act.
package struct StoredFile: Hashable, Sendable {
    package let id: FileID
    package let docket: DocketID
    package let volume: Volume
    /// SHA-256 of the content, 32 bytes.
    package let sha256: [UInt8]
    /// The length of the content, in bytes.
    package let size: Int64
    /// The name its owner gave it: to be shown, never to be used as a path.
    package let name: String
    package let mediaType: MediaType
    let place: ObjectFolder.Place

    /// The digest as acts and pages write it, `sha256:` and 64 hexadecimal digits.
    package var digest: String { "sha256:" + hexadecimal(sha256) }
}
