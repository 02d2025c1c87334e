import Testing

@testable import Accounts

@Suite("Codes on paper")
struct SpokenCodeTests {
    @Test("a code is read back however it is typed")
    func readsBack() throws {
        let code = SpokenCode.random(length: SpokenCode.letterLength)
        #expect(code.grouped.count == 24)
        let spelled = code.text.replacing("0", with: "O").replacing("1", with: "l")
        for typed in [
            code.text, code.grouped, code.grouped.uppercased(), spelled,
            " " + code.grouped.replacing("-", with: " ") + "\u{3000}",
        ] {
            #expect(SpokenCode(typed: typed, length: 20) == code)
        }
    }

    @Test("any one wrong character and any two swapped ones are noticed")
    func slipsAreNoticed() {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        let text = Array(SpokenCode.random(length: 20).text)
        for position in text.indices {
            for other in alphabet where other != text[position] {
                var wrong = text
                wrong[position] = other
                #expect(SpokenCode(typed: String(wrong), length: 20) == nil)
            }
            for second in text.indices where text[second] != text[position] {
                var wrong = text
                wrong.swapAt(position, second)
                #expect(SpokenCode(typed: String(wrong), length: 20) == nil)
            }
        }
    }

    @Test(
        "what is no code is none",
        arguments: ["", "0", "uuuu-uuuu-uuuu-uuuu-uuuu", String(repeating: "0", count: 10_000), "天地玄黄"])
    func nonsense(typed: String) {
        #expect(SpokenCode(typed: typed, length: 20) == nil)
    }

    @Test("drawn from 2^95, so two thousand differ")
    func random() {
        #expect(Set((0..<2_000).map { _ in SpokenCode.random(length: 20) }).count == 2_000)
    }

    @Test("a sign-in name is one name however it is typed")
    func signInNames() {
        for typed in ["13812345678", "+86 138-1234-5678", "１３８１２３４５６７８", " 0086 13812345678 "] {
            #expect(SignInName(typed: typed)?.folded == "13812345678")
        }
        #expect(SignInName(typed: "Judge.LI")?.folded == "judge.li")
        #expect(SignInName(typed: "李法官一")?.folded == "李法官一")
        for wrong in ["", "ab", "12345", "a b c", "name@host", "x\u{0}yz", String(repeating: "a", count: 41)] {
            #expect(SignInName(typed: wrong) == nil)
        }
        #expect(MobileNumber(typed: "12812345678") == nil)
        #expect(MobileNumber(typed: "13812345678")?.masked == "138****5678")
    }
}
