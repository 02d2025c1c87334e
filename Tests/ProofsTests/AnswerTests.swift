import Docket
import Foundation
import Procedure
import Storage
import TestSupport
import Testing

@testable import Proofs

@Suite("The court's signed answer to a submission")
struct SignedAnswerTests {
    private func answer(in court: BareCourt) async throws -> SignedAnswer {
        let docket = try await court.registry.newDocket()
        let entered = try await court.registry.write(on: [docket]) { t in
            var open = try t.open(docket, kind: .court)
            return try t.enter(
                [DecidedAct(.court(.keyPublished(KeyPublished(use: "a", key: "b"))))], in: &open,
                by: BareCourt.machine)[0]
        }
        let digest = try #require(ContentDigest(bytes: [UInt8](repeating: 7, count: 32)))
        return try court.signer().sign(entered, document: digest)
    }

    @Test("holds by itself, names who, what and when, and is the same after a restart's keys")
    func holds() async throws {
        try await BareCourt.on { court in
            let answer = try await answer(in: court)
            #expect(AnswerSigner.verifies(answer))
            #expect(answer.court == court.profile.code)
            #expect(answer.account == BareCourt.machine.account.rawValue)
            #expect(answer.key == (try await self.answer(in: court)).key, "the key is read again, not made again")
            let kept = try JSONEncoder().encode(answer)
            #expect(AnswerSigner.verifies(try JSONDecoder().decode(SignedAnswer.self, from: kept)))
        }
    }

    @Test(
        "with any field changed it no longer holds",
        arguments: ["court", "account", "docket", "entry", "content", "document", "time", "key", "signature", "format"])
    func changed(field: String) async throws {
        try await BareCourt.on { court in
            let bytes = try JSONEncoder().encode(try await answer(in: court))
            var fields = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: String])
            let old = try #require(fields[field])
            fields[field] = (old.first == "A" ? "B" : "A") + old.dropFirst()
            let forged = try JSONDecoder().decode(
                SignedAnswer.self, from: try JSONSerialization.data(withJSONObject: fields))
            #expect(!AnswerSigner.verifies(forged))
        }
    }

    @Test("its keys lie sealed: another court's key does not open them, and a reader makes none")
    func keysAreSealed() async throws {
        try await BareCourt.on { court in
            let keys = try court.signingKeys()
            let file = try #require(FileManager.default.contents(atPath: "\(court.folder.keys)/answers.sealed"))
            #expect(file.range(of: try keys.answerKey.rawRepresentation) == nil)
            let other = try CourtKey(bytes: [1] + [UInt8](repeating: 9, count: 32), court: court.profile.code)
            #expect(throws: (any Error).self) {
                try SigningKeys(in: court.folder, courtKey: other, ledgerName: "test.example/ledger")
            }
            #expect(throws: SigningKeysError.self) {
                try SigningKeys(in: court.folder, courtKey: court.courtKey, ledgerName: "Not A Name")
            }
        }
    }
}
