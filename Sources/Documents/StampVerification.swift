import CCrypto
import Procedure

/// What one signature of a PDF says, by our own check.
package struct StampFinding: Hashable, Sendable {
    /// The common name in the signer's certificate; nil when the signature cannot be read at all.
    package let signer: String?
    /// What the file claims; no outside authority vouches for the time.
    package let name, reason: String?
    package let signedAt: Instant?
    package let integrity: Integrity
    package let coverage: Coverage
    package let trust: Trust

    package enum Integrity: Hashable, Sendable {
        case intact
        /// The bytes are not those that were signed, or the signature is damaged; libcrypto's words.
        case broken(String)
    }

    package enum Coverage: Hashable, Sendable {
        /// Everything but the signature itself.
        case wholeFile
        /// Something was appended later: another stamp, or a change.
        case earlierRevision
    }

    package enum Trust: Hashable, Sendable {
        /// A chain leads to one of the given authorities, valid at the claimed time.
        case trusted
        case untrusted(String)
        /// No authority was given.
        case notAsked
    }
}

extension CourtStamp {
    /// Checks every signature of a PDF, in the order they were added.
    ///
    /// - Parameter authoritiesPEM: the certificates of those we trust; empty asks only about integrity.
    /// - Returns: an empty list for a PDF without signatures.
    /// - Throws: `PDFError` for bytes that are no PDF of our kind, `LibcryptoError` for unreadable authorities. A bad
    ///   signature is a finding, not an error.
    package static func verify(_ pdf: [UInt8], authoritiesPEM: String = "") throws -> [StampFinding] {
        let file = try PDFFile(pdf)
        let authorities = try PEM.certificates(authoritiesPEM)
        defer { authorities.forEach { X509_free($0) } }
        let form = try file.resolved(file.dictionary(file.root)["AcroForm"])?.dictionary
        let fields = try file.resolved(form?["Fields"])?.array ?? []
        return try fields.compactMap { field in
            guard let field = try file.resolved(field)?.dictionary,
                let value = try file.resolved(field["V"])?.dictionary,
                case .name("Sig") = field["FT"]
            else { return nil }
            return try finding(of: value, in: pdf, authorities: authorities)
        }
    }

    private static func finding(
        of signature: PDFDictionary, in pdf: [UInt8], authorities: [OpaquePointer]
    ) throws -> StampFinding {
        let signedAt = signature["M"]?.text.flatMap(Instant.init(pdf:))
        func finding(
            _ signer: String?, _ integrity: StampFinding.Integrity, _ coverage: StampFinding.Coverage,
            _ trust: StampFinding.Trust
        ) -> StampFinding {
            StampFinding(
                signer: signer, name: signature["Name"]?.text, reason: signature["Reason"]?.text, signedAt: signedAt,
                integrity: integrity, coverage: coverage, trust: trust)
        }
        guard let parts = SignedParts(of: signature, in: pdf) else {
            return finding(nil, .broken("the byte range does not fit the file"), .earlierRevision, .notAsked)
        }
        let coverage: StampFinding.Coverage = parts.end == pdf.count ? .wholeFile : .earlierRevision
        do {
            let check = try CMSCheck(signature: parts.signature, content: parts.content)
            let trust: StampFinding.Trust
            if authorities.isEmpty {
                trust = .notAsked
            } else {
                trust = try check.trust(authorities: authorities, at: signedAt)
            }
            return finding(check.signer, .intact, coverage, trust)
        } catch let error as LibcryptoError {
            return finding(nil, .broken(error.description), coverage, .notAsked)
        }
    }
}

/// What a signature covers. Accepted only in the one shape we write: two ranges from the first byte on, and between
/// them nothing but the signature, so that no byte can hide outside.
private struct SignedParts {
    let content: [UInt8]
    let signature: [UInt8]
    let end: Int

    init?(of dictionary: PDFDictionary, in pdf: [UInt8]) {
        guard let range = dictionary["ByteRange"]?.array?.compactMap(\.integer), range.count == 4, range[0] == 0,
            range[1] > 0, range[2] > range[1] + 2, range[2] <= pdf.count, range[3] > 0,
            range[3] <= pdf.count - range[2],
            pdf[range[1]] == UInt8(ascii: "<"), pdf[range[2] - 1] == UInt8(ascii: ">"),
            let contents = dictionary["Contents"]?.bytes
        else { return nil }
        var parser = PDFParser(pdf, at: range[1])
        guard let between = try? parser.value().bytes, parser.position == range[2], between == contents else {
            return nil
        }
        signature = contents
        end = range[2] + range[3]
        content = Array(pdf[..<range[1]] + pdf[range[2]..<end])
    }
}

extension Instant {
    /// Reads `D:20260305010203Z`, the form we write.
    init?(pdf text: String) {
        let digits = Array(text.dropFirst(2))
        guard text.hasPrefix("D:"), text.hasSuffix("Z"), digits.count == 15 else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        self.init(
            rawValue:
                "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14)).000Z")
    }
}
