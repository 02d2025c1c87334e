import Crypto
import Foundation
import Ledger
import Procedure
import Testing

@testable import CaseFile
@testable import Docket

@Suite("The page in a case file")
struct PageTests {
    private static let hostile = "</script><script>alert(1)</script>\"'&<b>\u{202E}法"

    /// A docket with one entry, in which a party gave everything a name meant to break the page.
    private func contents() throws -> CaseFileContents {
        let (docket, account, party) = (DocketID.random(), AccountID.random(), PartyID.random())
        let digest = try #require(ContentDigest(bytes: Array(SHA256.hash(data: [1]))))
        let file = FileReference(
            file: .random(), digest: digest, bytes: 3, mediaType: "image/jpeg", name: Self.hostile)
        let details = PartyDetails(
            name: Self.hostile, residentNumber: nil, address: Self.hostile, telephone: "", tradeName: nil)
        let complaint = Complaint(
            cause: "C088.08", parties: [PartyPlace(party: party, role: .plaintiff, ordinal: 1, details: details)],
            claims: [], facts: Self.hostile, answers: [:], form: "online-shopping/1",
            exhibits: [
                OfferedExhibit(
                    exhibit: .random(), name: Self.hostile, proves: Self.hostile, origin: .electronicData, file: file)
            ],
            document: DocumentReference(document: .random(), kind: .complaint, files: []),
            signature: Signature(
                account: account, factor: .timeCode, at: Instant(milliseconds: 0), digest: digest))
        let body = ComplaintSubmitted(complaint: complaint)
        let now = Instant(milliseconds: 1_767_225_600_000)
        let entry = Entry(
            id: .random(), docket: docket, position: 1, number: 1, volume: .main, act: .filing(.submitted(body)),
            by: account, capacity: .party, party: party, channel: .online, happened: .at(now), entered: now,
            under: [])
        let content = try CanonicalJSON.bytes(.object(["body": JSONCoding.encode(body)]))
        let salt = try #require(LeafSalt([UInt8](repeating: 1, count: 32)))
        let head = DocketHead(
            docket: docket, kind: .matter, position: 1, numbers: [.main: 1], contentDigest: [], entered: now)
        let opened = OpenedEntry(entry: entry, content: content, salt: salt)
        let view = DocketView(
            docket: docket, head: head, state: CaseState(folding: [entry]), entries: [opened], isWhole: false,
            withheld: [])
        let named = try FilesNamed.by(content)
        #expect(named == [file])
        let item = CaseFileContents.Item(
            reference: file, path: "files/\(EntryNameInZip.of(file, number: 1, isDrawnHere: false))",
            state: .missing, stored: nil)
        return CaseFileContents(
            view: view, lines: [.init(opened: opened, receipt: nil, chainSalt: nil, names: [digest])], items: [item],
            checkpoint: nil)
    }

    @Test("nothing a party typed becomes markup, script or another file of the zip")
    func hostileWords() throws {
        let parts = try contents().parts(court: .demonstration, policy: "log key\nquorum none\n")
        #expect(
            parts.map(\.path) == [
                "index.html", "README.txt", "manifest.json", "ledger-policy.txt", "docket/0001.json",
            ])
        guard case .bytes(let bytes) = parts[0].content else { throw CocoaError(.fileReadUnknown) }
        let page = String(decoding: bytes, as: UTF8.self)
        #expect(!page.contains("alert(1)</script>"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(page.components(separatedBy: "<script>").count == 2)
        #expect(page.components(separatedBy: "</script>").count == 2)
        #expect(page.contains("Not provable yet"))
        #expect(page.contains("Missing"))
    }

    @Test("the page runs the one script it was made with, loads nothing, and names both by their digests")
    func policyNamesItsOwn() throws {
        let bytes = try CaseFileIndex(contents: contents(), court: .demonstration, policy: "").bytes
        let page = String(decoding: bytes, as: UTF8.self)
        for tag in ["script", "style"] {
            let start = try #require(page.range(of: "<\(tag)>"))
            let end = try #require(page.range(of: "</\(tag)>"))
            let digest = Data(SHA256.hash(data: Data(page[start.upperBound..<end.lowerBound].utf8)))
                .base64EncodedString()
            #expect(page.contains("\(tag)-src 'sha256-\(digest)'"))
        }
        #expect(page.contains("default-src 'none'"))
        #expect(!page.contains("src=") && !page.contains("http:") && !page.contains("https:"))
    }
}
