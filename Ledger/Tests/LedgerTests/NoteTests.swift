import Testing

@testable import Ledger

@Suite("Signed notes and cosignatures of others")
struct NoteTests {
    static let example =
        "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    static let exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"

    @Test("the example note verifies and reads back to the same bytes")
    func exampleNote() throws {
        let note = try SignedNote(Array(Self.example.utf8))
        let verified = try note.verified(by: [VerifierKey(Self.exampleKey)])
        #expect(verified.text == Array("This is an example message.\n".utf8))
        #expect(note.bytes == Array(Self.example.utf8))
        #expect(try VerifierKey(Self.exampleKey).description == Self.exampleKey)
    }

    @Test("a real log head of the Go checksum database")
    func goChecksumDatabase() throws {
        let text = "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n"
        let line =
            "— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n"
        let key = try VerifierKey("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
        let verified = try SignedNote(Array("\(text)\n\(line)".utf8)).verified(by: [key])
        let checkpoint = try Checkpoint(text: verified.text)
        #expect(checkpoint.origin == "go.sum database tree")
        #expect(checkpoint.size == 35_225_469)
        #expect(checkpoint.text == Array(text.utf8))
    }

    static let cosignedText = "rome2026h1.example.org\n300\nlCkHUpkmVBEms2r2T1K6Og69+wUuuN3MIEW1/ezu2v0=\n"
    static let cosignature =
        "— witness.example.org uKLPIAAAAABpVGeAhm2bOvKc3LaB9PFN1ruG19Y5yqslmcAAbhftnn1Zznmo0LXFZq4LGvqKqLX8jWlwLKasxEGTLIqAVusneCBmBw==\n"

    @Test("a real cosignature verifies with its time; the log's own line of another type is skipped")
    func realCosignature() throws {
        let key = try VerifierKey("witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN")
        let ofUnknownType = "— rome2026h1.example.org AAECAwAAAZtw1yAABAMARjBEAiA=\n"
        let note = try SignedNote(Array((Self.cosignedText + "\n" + ofUnknownType + Self.cosignature).utf8))
        #expect(note.signatures.count == 2)
        let verified = try note.verified(by: [key])
        #expect(verified.signatures.map(\.time) == [1_767_139_200])
        #expect(try Checkpoint(text: verified.text).size == 300)
    }

    @Test("a key of a type we can't verify is skipped like an unknown one")
    func unknownType() throws {
        let name = try #require(KeyName("example.com/foo"))
        let key = try VerifierKey(
            name: name, kind: .init(rawValue: 0x06), publicKey: [UInt8](repeating: 1, count: 1312))
        let note = try SignedNote(Array(Self.example.utf8))
        #expect(throws: NoteFailure.noKnownKey) { try note.verified(by: [key]) }
        #expect(try note.verified(by: [key, VerifierKey(Self.exampleKey)]).signatures.count == 1)
    }

    @Test("a known key whose line fails makes the whole note invalid")
    func badSignature() throws {
        let changed = Self.example.replacing("example message", with: "example massage")
        let key = try VerifierKey(Self.exampleKey)
        #expect(throws: NoteFailure.badSignature(key.name)) { try SignedNote(Array(changed.utf8)).verified(by: [key]) }
    }

    @Test("the last empty line separates text and signatures")
    func emptyLinesInText() throws {
        let note = try SignedNote(Array("one\n\ntwo\n\n— example.com/foo Uw2QOkk=\n".utf8))
        #expect(note.text == Array("one\n\ntwo\n".utf8))
    }

    @Test(
        "malformed notes",
        arguments: [
            "", "\n", "text\n", "text\n\n", "text\n\n— example.com/foo Uw2QOkk=", "text\n— example.com/foo Uw2QOkk=\n",
            "text\n\n- example.com/foo Uw2QOkk=\n", "text\n\n—example.com/foo Uw2QOkk=\n",
            "text\n\n— example.com/foo  Uw2QOkk=\n", "text\n\n— example.com/foo Uw2QOkk= \n",
            "text\n\n— example.com/foo Uw2QOg==\n", "text\n\n— example.com/foo Uw2QOkk\n",
            "text\n\n— example.com/foo Uw2QOkl=\n", "text\n\n— exa+mple Uw2QOkk=\n", "text\n\n—  Uw2QOkk=\n",
            "text\n\n— exa\u{2003}mple Uw2QOkk=\n", "text\r\n\n— example.com/foo Uw2QOkk=\n",
            "te\u{7}xt\n\n— example.com/foo Uw2QOkk=\n", "text\n\n— example.com/foo Uw2QOkk=\nmore\n",
        ])
    func malformed(note: String) {
        #expect(throws: Malformed.self) { try SignedNote(Array(note.utf8)) }
    }

    @Test("bytes that are not UTF-8, a hundred and one lines, a megabyte and a byte")
    func limits() throws {
        let line = "— example.com/foo Uw2QOkk=\n"
        #expect(throws: Malformed.self) { try SignedNote(Array("te\n\n\(line)".utf8) + [0xFF, 0x0A]) }
        #expect(throws: Malformed.self) { try SignedNote([0xC0, 0x80] + Array("\n\n\(line)".utf8)) }
        let hundred = "text\n\n" + String(repeating: line, count: 100)
        #expect(try SignedNote(Array(hundred.utf8)).signatures.count == 100)
        #expect(throws: Malformed.self) { try SignedNote(Array((hundred + line).utf8)) }
        let long = String(repeating: "x", count: SignedNote.longest - line.utf8.count - 2)
        #expect(throws: Never.self) { try SignedNote(Array("\(long)\n\n\(line)".utf8.dropFirst())) }
        #expect(throws: Malformed.self) { try SignedNote(Array("\(long)\n\n\(line)x".utf8)) }
    }

    @Test(
        "malformed verifier keys",
        arguments: [
            "example.com/foo", "example.com/foo+530d903a", "example.com/foo+530d903b+KEY",
            "example.com/foo+530D903A+KEY", "example.com/fop+530d903a+KEY", "+530d903a+KEY",
            "example.com/foo+530d903a+AQ==", "example.com/foo+530d903a+KEY=",
        ])
    func malformedKeys(text: String) {
        #expect(throws: Malformed.self) { try VerifierKey(text.replacing("KEY", with: Self.exampleKey.suffix(44))) }
    }

    @Test(
        "malformed checkpoints",
        arguments: [
            "", "o\n", "o\n1\n", "\n1\nROOT\n", "o\n01\nROOT\n", "o\n+1\nROOT\n", "o\n-1\nROOT\n",
            "o\n9223372036854775808\nROOT\n", "o\n1\nROOT", "o\n1\nROOT\n\n", "o\n1\nROOT\nextension\n",
            "o\n1\nSHORT\n", "o\n1\nAAAA\n", "o\n0\nROOT\n", "o\n1 \nROOT\n", "o\n1\n ROOT\n",
        ])
    func malformedCheckpoints(text: String) {
        #expect(throws: Malformed.self) {
            let root = Self.root
            let text = text.replacing("ROOT", with: root).replacing("SHORT", with: root.dropLast())
            return try Checkpoint(text: Array(text.utf8))
        }
    }

    static let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="

    @Test("the empty tree and the largest size can be said")
    func extremeSizes() throws {
        #expect(try Checkpoint(origin: "o", size: 0, root: MerkleTree.emptyRoot).size == 0)
        #expect(try Checkpoint(text: Array("o\n9223372036854775807\n\(Self.root)\n".utf8)).size == UInt64(Int64.max))
    }

    @Test("origins of our own logs", arguments: ["", "A.example", "a b", "a+b", "https://a.example", "ä.example"])
    func badOrigins(text: String) { #expect(Origin(rawValue: text) == nil) }

    @Test("base64 has one spelling", arguments: ["QQ==", "QUI=", "QUJD", ""])
    func base64(text: String) throws {
        #expect(try Base64.encode(#require(Base64.decode(text))) == text)
    }

    @Test(
        "other spellings of base64 are refused",
        arguments: ["QR==", "QUJ=", "QQ", "QQ=", "QQ===", "Q=Q=", "=QQQ", "Q Q=", "QUI=\n", "QUJD====", "Q-_=", "===="])
    func strictBase64(text: String) { #expect(Base64.decode(text) == nil) }
}
