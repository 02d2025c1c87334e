import Procedure
import Testing

@Suite("Numbers with a check digit")
struct CheckDigitTests {
    // Made up: the standard's own example and numbers counted from it.
    static let resident = ["11010519491231002X", "440524188001010014", "330106199003074512"]
    static let organisation = ["91350100M000100Y43", "91330106MA2CFK7C0L"]

    @Test("the standard's example is a number, with its birthday")
    func example() throws {
        let number = try #require(ResidentNumber(rawValue: "11010519491231002x"))
        #expect(number.rawValue == "11010519491231002X")
        #expect(number.birthDay == "1949-12-31")
        #expect(!number.hasTurned(18, on: "1967-12-30"))
        #expect(number.hasTurned(18, on: "1967-12-31"))
    }

    @Test("one wrong character is always noticed in an identity number")
    func residentErrors() {
        for valid in Self.resident {
            let known = ResidentNumber(rawValue: valid) != nil ? valid : corrected(valid)
            expectEveryErrorCaught(known, alphabet: "0123456789X") { ResidentNumber(rawValue: $0) != nil }
        }
    }

    @Test("one wrong character is always noticed in an organisation's code")
    func organisationErrors() {
        #expect(OrganisationCode(rawValue: Self.organisation[0]) != nil)
        for code in Self.organisation {
            let stem = code.dropLast()
            guard
                let valid = "0123456789ABCDEFGHJKLMNPQRTUWXY".map({ "\(stem)\($0)" })
                    .first(where: { OrganisationCode(rawValue: $0) != nil })
            else {
                Issue.record("no check character fits \(stem)")
                continue
            }
            expectEveryErrorCaught(valid, alphabet: "0123456789ABCDEFGHJKLMNPQRTUWXY") {
                OrganisationCode(rawValue: $0) != nil
            }
        }
    }

    @Test(
        "what is no identity number",
        arguments: [
            "", "110105194912310021", "11010519490230002X", "99010519491231002X", "1101051949123100",
            "１1010519491231002X",
            "11010519491231002Y", "-1010519491231002X",
        ])
    func notResident(_ text: String) { #expect(ResidentNumber(rawValue: text) == nil) }

    @Test("no printing of a number shows it")
    func hidden() throws {
        let number = try #require(ResidentNumber(rawValue: "11010519491231002X"))
        var dumped = ""
        dump(number, to: &dumped)
        for text in ["\(number)", String(reflecting: number), dumped, "\([number])", "\(Optional(number) as Any)"] {
            #expect(!text.contains("1949") && !text.contains("110105"))
        }
    }

    private func corrected(_ number: String) -> String {
        "0123456789X".map { number.dropLast() + String($0) }.first { ResidentNumber(rawValue: $0) != nil } ?? number
    }

    private func expectEveryErrorCaught(_ valid: String, alphabet: String, isValid: (String) -> Bool) {
        #expect(isValid(valid))
        let characters = Array(valid)
        for index in characters.indices {
            for other in alphabet where other != characters[index] {
                var changed = characters
                changed[index] = other
                #expect(!isValid(String(changed)))
            }
        }
    }
}
