import Foundation
import Procedure
import Testing

@testable import Documents

@Suite("The court's stamp")
struct CourtStampTests {
    let stamp: CourtStamp
    let judgment: [UInt8]
    let signedAt: Instant = "2026-03-05T08:30:00.000Z"

    init() throws {
        stamp = try CourtStamp.create(courtName: Samples.court, validFrom: "2026-01-01T00:00:00.000Z", years: 5)
        judgment = try PDFDrawing().draw(Samples.judgment, at: Samples.drawnAt)
    }

    private func stamped() throws -> [UInt8] { try stamp.stamp(pdf: judgment, reason: "民事判决书", at: signedAt) }

    @Test("a stamped judgment is valid for an outside reader, and trusted where the court's authority is")
    func validAndTrusted() throws {
        // Given a judgment with the stamp and a reader who trusts the court's authority
        let pdf = try stamped()
        let report = try Tool.withFolder { folder in
            let authority = folder.appendingPathComponent("authority.pem").path
            try stamp.chainPEM.write(toFile: authority, atomically: true, encoding: .utf8)
            let database = folder.appendingPathComponent("nss")
            try FileManager.default.createDirectory(at: database, withIntermediateDirectories: true)
            #expect(try Tool.run("certutil", ["-N", "-d", database.path, "--empty-password"]).status == 0)
            let added = try Tool.run(
                "certutil", ["-A", "-d", database.path, "-n", "court", "-t", "CT,C,C", "-i", authority])
            #expect(added.status == 0, "\(added.output)")
            // When the reader looks
            return try Tool.run("pdfsig", ["-nssdir", database.path, "FILE"], on: pdf).output
        }

        // Then the signature holds, over the whole file, in the court's name and at the court's time
        #expect(report.contains("Signature is Valid."), "\(report)")
        #expect(report.contains("Certificate is Trusted."), "\(report)")
        #expect(report.contains("Total document signed"), "\(report)")
        #expect(report.contains("ETSI.CAdES.detached"), "\(report)")
        #expect(report.contains(Samples.court), "\(report)")
        #expect(report.contains("Mar 05 2026 08:30:00"), "\(report)")
    }

    @Test("one changed byte is seen by the outside reader and by our own check", arguments: [0.1, 0.5, 0.9])
    func changedByte(at part: Double) throws {
        var pdf = try stamped()
        pdf[Int(Double(judgment.count) * part)] ^= 1

        let report = try Tool.run("pdfsig", ["FILE"], on: pdf).output
        #expect(report.contains("Digest Mismatch"), "\(report)")
        let findings = try CourtStamp.verify(pdf)
        #expect(findings.count == 1)
        guard case .broken = findings.first?.integrity else {
            Issue.record("a changed byte was not seen")
            return
        }
    }

    @Test("our own check names the signer, the reason and the time, and asks who vouches")
    func ownCheck() throws {
        let pdf = try stamped()

        let finding = try #require(CourtStamp.verify(pdf, authoritiesPEM: stamp.chainPEM).first)
        #expect(finding.signer == Samples.court)
        #expect(finding.name == Samples.court)
        #expect(finding.reason == "民事判决书")
        #expect(finding.signedAt == signedAt)
        #expect(finding.integrity == .intact)
        #expect(finding.coverage == .wholeFile)
        #expect(finding.trust == .trusted)
        #expect(try CourtStamp.verify(pdf).first?.trust == .notAsked)
    }

    @Test("a stamp of the same name from another authority is intact but not trusted")
    func impostor() throws {
        let impostor = try CourtStamp.create(courtName: Samples.court, validFrom: "2026-01-01T00:00:00.000Z", years: 5)
        let pdf = try impostor.stamp(pdf: judgment, reason: "民事判决书", at: signedAt)

        let finding = try #require(CourtStamp.verify(pdf, authoritiesPEM: stamp.chainPEM).first)
        #expect(finding.integrity == .intact)
        guard case .untrusted = finding.trust else {
            Issue.record("an impostor was trusted")
            return
        }
    }

    @Test("a stamp outside its certificate's term is not trusted")
    func expired() throws {
        let late = try stamp.stamp(pdf: judgment, reason: "民事判决书", at: "2031-12-31T00:00:00.000Z")
        let finding = try #require(CourtStamp.verify(late, authoritiesPEM: stamp.chainPEM).first)
        #expect(finding.trust == .untrusted("certificate has expired"))
    }

    @Test("what is appended after the stamp shows as an earlier revision")
    func appended() throws {
        let pdf = try stamped() + Array("% and one more thing\n".utf8)
        #expect(try CourtStamp.verify(pdf).first?.coverage == .earlierRevision)
    }

    @Test("a second stamp leaves the first one valid")
    func twoStamps() throws {
        let second = try stamp.stamp(
            pdf: stamped(), name: Samples.court, reason: "与原本核对无异", at: signedAt.adding(hours: 1),
            visible: StampPlace(page: 1, x: 300, y: 150))

        let findings = try CourtStamp.verify(second, authoritiesPEM: stamp.chainPEM)
        #expect(findings.map(\.integrity) == [.intact, .intact])
        #expect(findings.map(\.coverage) == [.earlierRevision, .wholeFile])
        let report = try Tool.run("pdfsig", ["-nocert", "FILE"], on: second).output
        #expect(report.components(separatedBy: "Signature is Valid.").count == 3, "\(report)")
    }

    @Test("the judgment under the stamp is byte for byte the one that was drawn")
    func appendsOnly() throws {
        #expect(try stamped().starts(with: judgment))
    }

    @Test("the seal goes over the date of the signature block")
    func overTheDate() throws {
        let place = try #require(try StampPlace.wanted(by: judgment))
        #expect(place.page == (try Tool.pages(judgment)))
        let words = try Tool.run(
            "pdftotext", ["-bbox", "-f", "\(place.page)", "-l", "\(place.page)", "FILE", "-"], on: judgment
        ).output
        let date = try #require(words.split(separator: "\n").first { $0.contains("二〇二六年三月五日") })
        let box = date.split(separator: "\"").compactMap { Double($0) }
        #expect(box.count == 4)
        #expect(place.x > box[0] && place.x < box[2])
        #expect(abs((841.89 - place.y) - (box[1] + box[3]) / 2) < 20)
    }

    @Test("without a place the stamp is invisible and just as valid")
    func invisible() throws {
        let pdf = try stamp.stamp(pdf: judgment, name: Samples.court, reason: "存证", at: signedAt, visible: nil)
        #expect(try CourtStamp.verify(pdf).first?.integrity == .intact)
        #expect(try Tool.run("pdfsig", ["-nocert", "FILE"], on: pdf).output.contains("Signature is Valid."))
    }

    @Test("a stamp on a page that is not there, or on no PDF at all, is refused")
    func refused() throws {
        #expect(throws: PDFError.noSuchPage(9)) {
            try stamp.stamp(
                pdf: judgment, name: "法院", reason: "", at: signedAt, visible: StampPlace(page: 9, x: 0, y: 0))
        }
        #expect(throws: PDFError.self) { try stamp.stamp(pdf: Array("not a PDF".utf8), reason: "", at: signedAt) }
        #expect(throws: PDFError.self) { try CourtStamp.verify([]) }
    }

    @Test("a key that is not the certificate's is refused, and so is text that is no key")
    func wrongKey() throws {
        let other = try CourtStamp.create(courtName: "别的法院", validFrom: "2026-01-01T00:00:00.000Z", years: 1)
        #expect(throws: LibcryptoError.self) {
            try CourtStamp(certificatePEM: stamp.certificatePEM, keyPEM: other.keyPEM)
        }
        #expect(throws: LibcryptoError.self) { try CourtStamp(certificatePEM: "", keyPEM: "") }
        #expect(throws: LibcryptoError.self) {
            try CourtStamp(certificatePEM: stamp.certificatePEM, keyPEM: stamp.keyPEM, chainPEM: "junk")
        }
    }

    @Test("a stamp kept as text and read again signs as before")
    func kept() throws {
        let kept = try CourtStamp(
            certificatePEM: stamp.certificatePEM, keyPEM: stamp.keyPEM, chainPEM: stamp.chainPEM)
        let pdf = try kept.stamp(pdf: judgment, reason: "民事判决书", at: signedAt)
        #expect(try CourtStamp.verify(pdf, authoritiesPEM: stamp.chainPEM).first?.trust == .trusted)
    }

    @Test("a stamp printed or dumped does not show its key")
    func keyStaysHidden() {
        var dumped = ""
        dump(stamp, to: &dumped)
        #expect(!dumped.contains("PRIVATE KEY"))
        #expect(!"\(stamp) \(String(reflecting: stamp))".contains("PRIVATE KEY"))
    }

    @Test("damaged files are refused or found broken, never a crash", arguments: 0..<60)
    func damaged(seed: Int) throws {
        var pdf = try stamped()
        // The tail holds the cross-references, the form and the signature: where a reader can be led astray.
        let tail = 20_000
        for step in 0..<6 {
            pdf[pdf.count - 1 - (seed * 331 + step * 3_271) % tail] = UInt8((seed * 37 + step * 101) % 256)
        }
        if seed % 3 == 0 { pdf.removeLast(seed * 97 % pdf.count) }
        if let findings = try? CourtStamp.verify(pdf) {
            #expect(!findings.contains { $0.integrity == .intact && $0.coverage == .wholeFile })
        }
    }
}
