import Procedure
import Testing

@testable import Accounts

@Suite("Passwords")
struct PasswordTests {
    @Test(
        "what everyone tries first is refused",
        arguments: [
            "12345678", "123456789", "1234567890", "88888888", "abcabcabc", "12341234", "password", "Password1!",
            "passw0rd",
            "qwertyuiop", "1qaz2wsx", "1q2w3e4r", "qwer1234", "1234qwer", "woaini1314", "5201314520", "a5201314",
            "19900101",
            "20010230", "13800138000", "+8613800138000", "11010519491231002X", "iloveyou", "zhangsan123", "admin2024!",
            "１２３４５６７８", "87654321", "poiuytrewq", "abcd1234", "aaaaaaaaaaaaaaaa", "P@ssw0rd123",
        ])
    func commonIsRefused(password: String) {
        #expect(throws: Refusal.passwordCommon) { try PasswordRules.check(password, about: []) }
    }

    @Test(
        "any script, spaces and no mixture of characters are welcome",
        arguments: [
            "天亮了鸟儿飞过西湖", "quiet river stone", "lantern harbour willow", "kvqzmwpt", "😀🐼🎋🏮🐉🦊🌊🍵", "7 blue kettles",
        ])
    func honestIsAccepted(password: String) throws {
        _ = try PasswordRules.check(password, about: ["张三", "13912345678"])
    }

    @Test("8 to 128 characters; 15 stand alone")
    func length() throws {
        #expect(throws: Refusal.passwordTooShort) { try PasswordRules.check("kvqzmwp", about: []) }
        #expect(try PasswordRules.check("kvqzmwpt", about: []).standsAlone == false)
        #expect(try PasswordRules.check("quiet river sto", about: []).standsAlone)
        #expect(try PasswordRules.check(sentence(128), about: []).standsAlone)
        #expect(throws: Refusal.passwordTooLong) { try PasswordRules.check(sentence(129), about: []) }
        #expect(throws: Refusal.passwordTooLong) { try PasswordRules.check(sentence(1_000_000), about: []) }
    }

    @Test("what is known of the person is no password, even with a few digits")
    func personalIsRefused() throws {
        #expect(throws: Refusal.passwordCommon) { try PasswordRules.check("13912345678x", about: ["13912345678"]) }
        #expect(throws: Refusal.passwordCommon) { try PasswordRules.check("Ouyang.Nana99", about: ["ouyang.nana"]) }
        _ = try PasswordRules.check("ouyang.nana rides at dawn", about: ["ouyang.nana"])
    }

    @Test("a stored hash matches its password only, however that was typed")
    func hashMatches() async throws {
        let hasher = PasswordHasher(cost: quick)
        let hash = try await hasher.hash(PasswordRules.check("quiet river ﬁve", about: []))
        #expect(try await hasher.check("quiet river five", against: hash).matches)
        #expect(try await !hasher.check("quiet river Five", against: hash).matches)
        #expect(try await !hasher.check("", against: hash).matches)
        let again = try #require(PasswordHash(stored: hash.bytes))
        #expect(try await hasher.check("quiet river five", against: again).replacement == nil)
    }

    @Test("a hash made at another cost is replaced when its password comes")
    func costChangeRehashes() async throws {
        let old = try await PasswordHasher(cost: quick).hash(PasswordRules.check("quiet river five", about: []))
        let dearer = PasswordHasher(cost: ScryptCost(logRounds: 5, blockSize: 8, parallelism: 1))
        let checked = try await dearer.check("quiet river five", against: old)
        #expect(checked.matches)
        #expect(checked.replacement?.cost == dearer.cost)
        #expect(try await dearer.check("quiet river six", against: old).replacement == nil)
    }

    @Test("an unknown account is hashed for all the same, and never matches")
    func unknownIsHashed() async throws {
        let checked = try await PasswordHasher(cost: quick).check("quiet river five", against: nil)
        #expect(!checked.matches)
        #expect(checked.replacement == nil)
    }

    @Test("rows that no release wrote are refused before they can cost anything")
    func damagedRows() throws {
        let hash = try PasswordHash(of: "quiet river five", cost: quick).bytes
        #expect(PasswordHash(stored: Array(hash.dropLast())) == nil)
        #expect(PasswordHash(stored: [9] + hash.dropFirst()) == nil)
        #expect(PasswordHash(stored: [1, 40] + hash.dropFirst(2)) == nil)
        #expect(PasswordHash(stored: [1, 20, 16] + hash.dropFirst(3)) == nil)
    }

    @Test("of a hundred at once, two run")
    func atMostTwoAtOnce() async throws {
        let hasher = PasswordHasher(cost: quick)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try await hasher.check("quiet river five", against: nil) } }
            try await group.waitForAll()
        }
        #expect(await hasher.peak == 2)
    }

    @Test("when too many wait, the next is told so instead of waiting")
    func queueIsBounded() async throws {
        let hasher = PasswordHasher(
            cost: ScryptCost(logRounds: 12, blockSize: 8, parallelism: 1), atOnce: 1, queueLimit: 1)
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    do { _ = try await hasher.check("quiet river five", against: nil) } catch {
                        return error is PasswordQueueFull
                    }
                    return false
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(refused > 0)
        // And the queue empties again.
        #expect(try await !hasher.check("quiet river five", against: nil).matches)
    }

    private let quick = ScryptCost(logRounds: 4, blockSize: 8, parallelism: 1)

    private func sentence(_ length: Int) -> String {
        String(String(repeating: "seven small lanterns drift downstream ", count: length / 38 + 1).prefix(length))
    }
}
