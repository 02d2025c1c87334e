import Procedure
import Testing

@testable import Accounts

@Suite("One-time passwords")
struct OneTimePasswordTests {
    @Test(
        "the vectors of RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func vectors(seconds: Int64, code: String) {
        let secret = OneTimePasswordSecret(bytes: Array("12345678901234567890".utf8))
        let step = OneTimePasswordSecret.step(at: Instant(milliseconds: seconds * 1_000))
        #expect(secret.code(at: step, digits: 8) == code)
        #expect(secret.code(at: step) == String(code.suffix(6)))
    }

    @Test("one step early or late is accepted, two are not")
    func window() {
        let secret = OneTimePasswordSecret(bytes: Array("12345678901234567890".utf8))
        let now: Instant = "2026-03-02T04:00:10.000Z"
        let step = OneTimePasswordSecret.step(at: now)
        for offset in Int64(-3)...3 {
            let found = secret.step(of: secret.code(at: step + offset), at: now)
            #expect(found == (abs(offset) <= 1 ? step + offset : nil))
        }
    }

    @Test("spaces and wide digits are read, everything else is not")
    func typing() {
        let secret = OneTimePasswordSecret(bytes: Array("12345678901234567890".utf8))
        let now = Instant(milliseconds: 59_000)
        #expect(secret.step(of: "287 082", at: now) == 1)
        #expect(secret.step(of: "２８７０８２", at: now) == 1)
        for wrong in ["", "28708", "2870820", "-87082", "287082\u{0}", String(repeating: "287082", count: 1_000)] {
            #expect(secret.step(of: wrong, at: now) == nil)
        }
    }

    @Test("the address an app reads, escaped, with the vectors of RFC 4648 for base32")
    func address() {
        let secret = OneTimePasswordSecret(bytes: Array("foobar".utf8))
        #expect(secret.typed == "MZXW 6YTB OI")
        #expect(
            secret.url(issuer: "演示法院 A", account: "138****5678")
                == "otpauth://totp/%E6%BC%94%E7%A4%BA%E6%B3%95%E9%99%A2%20A:138%2A%2A%2A%2A5678?secret=MZXW6YTBOI"
                + "&issuer=%E6%BC%94%E7%A4%BA%E6%B3%95%E9%99%A2%20A&algorithm=SHA1&digits=6&period=30")
    }
}
