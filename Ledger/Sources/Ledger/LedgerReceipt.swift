import Foundation

/// What a person keeps to show, offline and without us, that the court entered an act or took in a file.
///
/// As a file it is one line of canonical JSON (RFC 8785) and nothing else, so that every changed byte is
/// noticed.
public struct LedgerReceipt: Codable, Hashable, Sendable {
    public static let format = "xiezhi-receipt/1"
    /// Most bytes of a receipt as a file: an act's content is text, and files are not inside.
    public static let longest = 16 << 20

    public struct Commitment: Codable, Hashable, Sendable {
        public let label: String
        /// 32 bytes in base64.
        public let value: String
    }

    public let format: String
    /// The canonical JSON text of the entry of the docket, exactly; nil where the leaf is not an act's.
    public let content: String?
    /// For each label that is opened, its salt in base64.
    public let salts: [String: String]
    /// Every commitment of the leaf, in order.
    public let commitments: [Commitment]
    /// The leaf entry in base64.
    public let entry: String
    /// The proof file's text.
    public let proof: String

    /// A receipt for an act: shows its content, and of the commitments opens that of the act alone.
    ///
    /// - Returns: nil unless `entry` is of the kind `act`.
    public init?(content: String, salt: LeafSalt, entry: LeafEntry, proof: ProofFile) {
        self.init(content: content, opening: [.act: salt.salt(for: .act)], entry: entry, proof: proof)
        guard entry.kind == .act else { return nil }
    }

    /// A receipt for a file, which the person keeps beside it.
    ///
    /// - Returns: nil unless `entry` is of the kind `file`.
    public init?(fileSalt salt: LeafSalt, entry: LeafEntry, proof: ProofFile) {
        self.init(content: nil, opening: [.file: salt.salt(for: .file)], entry: entry, proof: proof)
        guard entry.kind == .file else { return nil }
    }

    /// A receipt for any leaf.
    ///
    /// - Parameter labels: those of the commitments in order; may be left out for acts and files.
    /// - Returns: nil if the number of labels is not that of the commitments.
    public init?(
        content: String?, opening salts: [LeafLabel: LabelSalt], labels: [LeafLabel]? = nil, entry: LeafEntry,
        proof: ProofFile
    ) {
        guard let labels = labels ?? entry.kind.labels, labels.count == entry.commitments.count else { return nil }
        format = LedgerReceipt.format
        self.content = content
        self.salts = Dictionary(uniqueKeysWithValues: salts.map { ($0.rawValue, Base64.encode($1.bytes)) })
        commitments = zip(labels, entry.commitments).map { Commitment(label: $0.rawValue, value: $1.base64) }
        self.entry = Base64.encode(entry.bytes)
        self.proof = proof.text
    }

    /// Reads a receipt's file.
    ///
    /// - Throws: `Malformed` for anything but the exact bytes that `json` gives for what was read.
    public init(json: [UInt8]) throws(Malformed) {
        guard json.count <= LedgerReceipt.longest else { throw Malformed(.receipt, "is too long") }
        guard let receipt = try? JSONDecoder().decode(LedgerReceipt.self, from: Data(json)) else {
            throw Malformed(.receipt, "is not JSON with the fields of a receipt")
        }
        // Leaves no room for two readers to see two documents: a field given twice, one too many, another spelling.
        guard receipt.json == json else { throw Malformed(.receipt, "is not in canonical form") }
        self = receipt
    }

    /// The receipt's file.
    public var json: [UInt8] {
        var writer = CanonicalJSON()
        writer.object([
            (
                "commitments",
                {
                    $0.array(commitments) { writer, commitment in
                        writer.object([
                            ("label", { $0.string(commitment.label) }), ("value", { $0.string(commitment.value) }),
                        ])
                    }
                }
            ),
            ("content", content.map { content in { $0.string(content) } }),
            ("entry", { $0.string(entry) }),
            ("format", { $0.string(format) }),
            ("proof", { $0.string(proof) }),
            (
                "salts",
                {
                    // By UTF-16 in canonical JSON; the labels of a good receipt are ASCII.
                    let sorted = salts.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
                    $0.object(sorted.map { salt in (salt.key, { $0.string(salt.value) }) })
                }
            ),
        ])
        return writer.bytes
    }
}

/// Just enough of RFC 8785 for a receipt: objects, arrays and strings.
private struct CanonicalJSON {
    private(set) var bytes: [UInt8] = []

    /// - Parameter fields: in canonical order; those without a value are left out.
    mutating func object(_ fields: [(String, ((inout CanonicalJSON) -> Void)?)]) {
        bytes.append(UInt8(ascii: "{"))
        var isFirst = true
        for case (let name, let value?) in fields {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            string(name)
            bytes.append(UInt8(ascii: ":"))
            value(&self)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func array<Element>(_ elements: [Element], _ write: (inout CanonicalJSON, Element) -> Void) {
        bytes.append(UInt8(ascii: "["))
        for (place, element) in elements.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            write(&self, element)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += Array(#"\b"#.utf8)
            case 0x09: bytes += Array(#"\t"#.utf8)
            case 0x0A: bytes += Array(#"\n"#.utf8)
            case 0x0C: bytes += Array(#"\f"#.utf8)
            case 0x0D: bytes += Array(#"\r"#.utf8)
            case 0..<0x20: bytes += Array("\\u00\(Hex.encode([byte]))".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
