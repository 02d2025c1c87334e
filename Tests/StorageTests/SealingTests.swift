import Crypto
import Foundation
import Testing

@testable import Storage

@Suite("Sealing")
struct SealingTests {
    let key = SecureRandom.key()
    let context = SealingContext("act", .text("0192"), .number(3), .text("filing.submitted"), .number(1))
    let plaintext = Array("张三，身份证号 11010519491231002X".utf8)

    @Test("what was sealed opens in its own context, and starts with its algorithm")
    func opens() throws {
        let sealed = try Sealing.seal(plaintext, with: key, for: context)
        #expect(sealed.first == 1)
        #expect(sealed.count == plaintext.count + Sealing.overhead)
        #expect(try Sealing.open(sealed, with: key, for: context) == plaintext)
        #expect(try Sealing.open(Sealing.seal([UInt8](), with: key, for: context), with: key, for: context) == [])
        #expect(try Sealing.openText(Sealing.seal("执", with: key, for: context), with: key, for: context) == "执")
    }

    @Test("it opens in no other context and under no other key")
    func bound() throws {
        let sealed = try Sealing.seal(plaintext, with: key, for: context)
        let others = [
            SealingContext("act", .text("0193"), .number(3), .text("filing.submitted"), .number(1)),
            SealingContext("act", .text("0192"), .number(4), .text("filing.submitted"), .number(1)),
            SealingContext("act", .text("0192"), .number(3), .text("filing.submitted"), .number(2)),
            SealingContext("act", .text("0192"), .number(3), .text("filing.submitted")),
            SealingContext("act", .text("01923"), .text("filing.submitted"), .number(1)),
        ]
        for other in others {
            #expect(throws: SealingError.doesNotOpen) { try Sealing.open(sealed, with: key, for: other) }
        }
        #expect(throws: SealingError.doesNotOpen) {
            try Sealing.open(sealed, with: SecureRandom.key(), for: context)
        }
    }

    @Test("any changed bit, and any cut, is noticed")
    func tampering() throws {
        let sealed = try Sealing.seal(plaintext, with: key, for: context)
        for bit in 0..<(sealed.count * 8) {
            var changed = sealed
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: SealingError.self) { try Sealing.open(changed, with: key, for: context) }
        }
        for length in 0..<sealed.count {
            #expect(throws: SealingError.self) {
                try Sealing.open(Array(sealed.prefix(length)), with: key, for: context)
            }
        }
        #expect(throws: SealingError.doesNotOpen) { try Sealing.open(sealed + [0], with: key, for: context) }
    }

    @Test("parts of a context cannot run into each other")
    func canonical() {
        #expect(SealingContext("a", .text("bc")) != SealingContext("ab", .text("c")))
        #expect(SealingContext("a", .text("")) != SealingContext("a"))
        #expect(SealingContext("\u{1}", .bytes([2, 3])).encoded == [0, 0, 0, 2, 0, 0, 0, 1, 1, 0, 0, 0, 2, 2, 3])
    }

    @Test("a million seals under one key never use a nonce twice")
    func nonces() throws {
        var seen = Set<UInt64>(minimumCapacity: 1 << 20)
        var alike: [UInt64: Set<[UInt8]>] = [:]
        let context = SealingContext("nonce")
        for _ in 0..<1_000_000 {
            let nonce = try Sealing.seal([UInt8](), with: key, for: context)[1..<13]
            // Eight bytes in a set keep this small; the few that agree in those are compared whole.
            let start = nonce.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard !seen.insert(start).inserted else { continue }
            #expect(alike[start, default: []].insert(Array(nonce)).inserted)
        }
        #expect(seen.count > 999_990)
    }

    @Test("a keyed digest names its algorithm and depends on its key")
    func keyedDigest() throws {
        let digest = KeyedDigest.of(plaintext, with: key)
        #expect(digest.count == KeyedDigest.byteCount && digest[0] == 1)
        #expect(KeyedDigest.matches(digest, plaintext, with: key))
        #expect(!KeyedDigest.matches(digest, plaintext, with: SecureRandom.key()))
        #expect(!KeyedDigest.matches(digest, plaintext + [0], with: key))
        // RFC 4231, test case 2.
        #expect(
            hexadecimal(
                KeyedDigest.of(Array("what do ya want for nothing?".utf8), with: SymmetricKey(data: Array("Jefe".utf8)))
            )
                == "015bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("secrets compare by every byte and their length")
    func constantTime() {
        #expect(equalInConstantTime([1, 2, 3], [1, 2, 3]))
        #expect(!equalInConstantTime([1, 2, 3], [1, 2, 4]))
        #expect(!equalInConstantTime([1, 2, 3], [0, 2, 3]))
        #expect(!equalInConstantTime([1, 2, 3], [1, 2]))
    }

    @Test("a wrapped key opens under its own wrapping key only")
    func wrapping() throws {
        let wrapping = SecureRandom.key()
        let wrapped = try KeyWrapping.wrap(key, with: wrapping)
        #expect(wrapped.count == KeyWrapping.byteCount && wrapped[0] == 1)
        #expect(try KeyWrapping.unwrap(wrapped, with: wrapping) == key)
        #expect(throws: SealingError.doesNotOpen) { try KeyWrapping.unwrap(wrapped, with: SecureRandom.key()) }
        var changed = wrapped
        changed[20] ^= 1
        #expect(throws: SealingError.doesNotOpen) { try KeyWrapping.unwrap(changed, with: wrapping) }
    }
}
