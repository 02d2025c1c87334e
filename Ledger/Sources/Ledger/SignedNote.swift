/// A text with one or more signature lines, not yet verified.
///
/// The text cannot be read from here: only `verified(by:)` gives it out, so that nobody shows or parses
/// what no known key signed.
///
/// - Source: c2sp.org/signed-note.
public struct SignedNote: Hashable, Sendable {
    public static let longest = 1_000_000
    public static let mostSignatures = 100

    let text: [UInt8]
    public let signatures: [NoteSignature]

    init(text: [UInt8], signatures: [NoteSignature]) {
        self.text = text
        self.signatures = signatures
    }

    /// Reads a complete note. One malformed line makes the whole note malformed, even under an unknown key.
    public init(_ bytes: [UInt8]) throws(Malformed) {
        guard bytes.count <= SignedNote.longest else { throw Malformed(.note, "longer than a megabyte") }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw Malformed(.note, "not UTF-8") }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == Lines.lineFeed }) else {
            throw Malformed(.note, "holds a control byte")
        }
        // The last empty line separates; the text may hold empty lines of its own.
        let ends = bytes.indices.dropLast()
        guard let end = ends.last(where: { bytes[$0] == Lines.lineFeed && bytes[$0 + 1] == Lines.lineFeed }) else {
            throw Malformed(.note, "has no empty line before its signatures")
        }
        text = Array(bytes[...end])
        signatures = try NoteSignature.lines(Array(bytes[(end + 2)...]))
        guard !signatures.isEmpty else { throw Malformed(.note, "has no signatures") }
    }

    public var bytes: [UInt8] { text + [Lines.lineFeed] + signatures.flatMap(\.line) }

    /// Checks the lines of known keys and gives out the text.
    ///
    /// Lines of unknown keys are skipped; of several lines by one key the first counts.
    ///
    /// - Throws: `NoteFailure` if a known key's line fails or no known key has a line.
    public func verified(by keys: some Sequence<VerifierKey>) throws(NoteFailure) -> VerifiedNote {
        var known: [KeyHint: VerifierKey] = [:]
        for key in keys where key.kind.canVerify {
            if let other = known.updateValue(key, forKey: KeyHint(key)), other != key {
                throw .ambiguousKey(key.name)
            }
        }
        var verified: [VerifiedNote.Signature] = []
        for signature in signatures {
            guard let key = known.removeValue(forKey: KeyHint(signature)) else { continue }
            verified.append(VerifiedNote.Signature(key: key, time: try key.verify(signature, over: text)))
        }
        guard !verified.isEmpty else { throw .noKnownKey }
        return VerifiedNote(text: text, signatures: verified)
    }
}

/// Why a note is not to be believed.
public enum NoteFailure: Error, Hashable, Sendable, CustomStringConvertible {
    case badSignature(KeyName)
    case noKnownKey
    /// Two different keys of one name share a key ID; refuse rather than choose.
    case ambiguousKey(KeyName)

    public var description: String {
        switch self {
        case .badSignature(let name): "the signature of \(name) does not verify"
        case .noKnownKey: "no key we trust signed it"
        case .ambiguousKey(let name): "two keys of \(name) share one key ID"
        }
    }
}

/// The text of a note that at least one known key signed.
public struct VerifiedNote: Hashable, Sendable {
    public struct Signature: Hashable, Sendable {
        public let key: VerifierKey
        /// POSIX seconds that a cosigner stated; nil for a plain signature.
        public let time: UInt64?
    }

    /// With its final LF.
    public let text: [UInt8]
    public let signatures: [Signature]
}

/// One signature line.
public struct NoteSignature: Hashable, Sendable {
    public let name: KeyName
    public let keyID: UInt32
    /// What follows the key ID; at least one byte.
    public let signature: [UInt8]

    init(name: KeyName, keyID: UInt32, signature: [UInt8]) {
        self.name = name
        self.keyID = keyID
        self.signature = signature
    }

    /// Reads signature lines as a log witness answers them: each ends in LF; no bytes, no lines.
    public static func lines(_ bytes: [UInt8]) throws(Malformed) -> [NoteSignature] {
        var lines = Lines(bytes[...])
        var signatures: [NoteSignature] = []
        while let line = lines.next() {
            guard signatures.count < SignedNote.mostSignatures else {
                throw Malformed(.note, "has more than \(SignedNote.mostSignatures) signatures")
            }
            guard let signature = NoteSignature(line: line) else {
                throw Malformed(.note, "signature line \(lines.number) is malformed")
            }
            signatures.append(signature)
        }
        guard lines.rest.isEmpty else { throw Malformed(.note, "does not end in LF") }
        return signatures
    }

    private static let mark = "— "

    private init?(line: ArraySlice<UInt8>) {
        guard line.starts(withText: NoteSignature.mark) else { return nil }
        let parts = line.dropFirst(NoteSignature.mark.utf8.count)
            .split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 2, let name = KeyName(bytes: parts[0]), let data = Base64.decode(parts[1]),
            data.count >= 5
        else { return nil }
        let keyID = data.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        self.init(name: name, keyID: keyID, signature: Array(data.dropFirst(4)))
    }

    /// With its final LF.
    public var line: [UInt8] {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: keyID >> UInt32(24 - 8 * $0)) }
        return Array("\(NoteSignature.mark)\(name) \(Base64.encode(id + signature))\n".utf8)
    }
}

/// What a signature line says about its key: enough to look it up, not enough to trust it.
private struct KeyHint: Hashable {
    let name: KeyName
    let keyID: UInt32

    init(_ key: VerifierKey) { (name, keyID) = (key.name, key.keyID) }

    init(_ signature: NoteSignature) { (name, keyID) = (signature.name, signature.keyID) }
}
