/// The passwords tried first: runs on the keyboard, repetitions, dates, telephone numbers, and what leaked lists
/// are full of. Only those of eight characters and more; shorter ones are refused anyway.
enum CommonPasswords {
    /// - Parameter password: in lower case.
    static func contains(_ password: String) -> Bool {
        let letters = Array(password)
        if isRepetition(letters) || isRun(letters) { return true }
        if password.wholeMatch(of: /(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])/) != nil {
            return true
        }
        if password.wholeMatch(of: /(?:\+?86)?1[3-9][0-9]{9}/) != nil { return true }
        if password.wholeMatch(of: /[0-9]{17}[0-9x]/) != nil { return true }
        // A common word with a few digits or signs after it is as easily tried as the word.
        let core = String(password.reversed().drop { $0.isNumber || $0.isPunctuation || $0.isSymbol }.reversed())
        let front = String(core.drop { $0.isNumber || $0.isPunctuation || $0.isSymbol })
        if password.count - core.count <= 8, words.contains(core) || words.contains(front) { return true }
        return listed.contains(password)
    }

    /// The same up to four characters again and again: `88888888`, `abcabcabc`, `12341234`.
    private static func isRepetition(_ letters: [Character]) -> Bool {
        (1...4).contains { period in
            letters.count >= 2 * period && letters.indices.allSatisfy { letters[$0] == letters[$0 % period] }
        }
    }

    /// Neighbours on a keyboard or in counting, either way, perhaps two such runs: `12345678`, `qwertyui`, `1234qwer`.
    private static func isRun(_ letters: [Character]) -> Bool {
        var rest = letters[...]
        var runs = 0
        while !rest.isEmpty {
            let length = (1...rest.count).reversed().first { count in
                let piece = String(rest.prefix(count))
                return rows.contains { $0.contains(piece) }
            }
            guard let length, length >= 3 else { return false }
            rest = rest.dropFirst(length)
            runs += 1
        }
        return runs <= 3
    }

    private static let rows: [String] = {
        let forward = [
            "012345678901234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.", "qazwsxedcrfvtgbyhnujmikolp", "1q2w3e4r5t6y7u8i9o0p",
            "q1w2e3r4t5y6u7i8o9p0", "a1b2c3d4e5f6g7h8", "!@#$%^&*()", "147258369", "159357", "741852963",
        ]
        return forward + forward.map { String($0.reversed()) }
    }()

    private static let words: Set<String> = [
        "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "pass", "pwd", "admin", "administrator", "root",
        "user", "guest", "test", "testtest", "login", "letmein", "letmeinnow", "welcome", "changeme", "default",
        "secret",
        "master", "server", "system", "qwerty", "qwer", "asdf", "zxcv", "asdfghjkl", "abc", "abcd", "abcde", "abcdef",
        "aa", "aaa", "aaaa", "qq", "qqq", "iloveyou", "princess", "dragon", "monkey", "shadow", "sunshine", "football",
        "baseball", "superman", "batman", "starwars", "trustno", "michael", "jordan", "jennifer", "charlie", "computer",
        "internet", "whatever", "freedom", "hello", "helloworld", "china", "beijing", "shanghai", "hangzhou",
        "guangzhou",
        "shenzhen", "zhongguo", "zhonghua", "woaini", "woaiwojia", "woaiwo", "aini", "wozuiai", "woshishui", "caonima",
        "nihao", "nihaoma", "tiantian", "xiaoxiao", "baobao", "beibei", "laopo", "laogong", "mima", "wodemima",
        "mimamima",
        "a", "q", "z", "w", "s", "x", "as", "asd", "qwe", "qaz", "zxc", "zaq", "wang", "li", "zhang", "liu", "chen",
        "yang",
        "huang", "zhao", "zhou", "wu", "xu", "sun", "ma", "zhu", "hu", "lin", "guo", "taobao", "alipay", "weixin",
        "tencent",
        "fayuan", "court", "xiezhi", "faguan", "lvshi", "susong", "judge", "justice", "zhangsan", "lisi", "wangwu",
    ]

    private static let listed: Set<String> = [
        "5201314520", "52013145201314", "13145201314", "1314520520", "a5201314", "5201314a", "woaini1314", "woaini520",
        "woaini521", "1314woaini", "520woaini", "aini1314", "7758521521", "77585217758521", "7758258", "77582587758258",
        "31415926", "314159265", "3141592653", "11223344", "1122334455", "112233445566", "12344321", "1234554321",
        "123454321", "123321123", "123321123321", "12121212", "10203040", "11235813", "1357924680", "135792468",
        "24681012",
        "87654321", "66668888", "88886666", "168168168", "16816888", "51885188", "18181818", "19491001", "123qweasd",
        "123qweasdzxc", "qweasdzxc", "qwe123qwe", "asd123asd", "abc123abc", "abcd1234abcd", "1a2b3c4d", "1qaz!qaz",
        "1qazxsw2", "!qaz2wsx", "zaq12wsx", "zaq1zaq1", "q1w2e3r4", "qwer1234", "1234abcd", "aa123456", "a123456789",
        "123456789a", "123456aa", "abc123456", "123456abc", "qq123456", "wang1234", "as123456", "asd123456",
        "zxc123456",
        "trustno1", "iloveyou1", "letmein1", "monkey123", "dragon123", "football1", "baseball1", "princess1",
        "sunshine1",
        "superman1", "access14", "mustang1", "corvette", "steelers", "mercedes", "midnight", "victoria", "danielle",
        "alexander", "jonathan", "samantha", "patricia", "elizabeth", "isabella", "maverick", "hardcore", "scorpion",
        "cocacola", "platinum", "startrek", "blink182", "pokemon1", "liverpool", "chelsea1", "arsenal1", "barcelona",
        "manchester", "juventus", "realmadrid", "mypassword", "nopassword", "passwordpassword", "adminadmin",
        "rootroot",
        "qazwsx123", "qwaszx12", "asdfasdf", "zxcvzxcv", "abcabcabc", "xiaoming123", "zhangsan123",
        "correcthorsebatterystaple",
        "thisisapassword", "wodemima123", "woshinidie", "woaizhongguo", "woaibeijing", "gongxifacai", "zhonghuarenmin",
        "tiantianxiangshang", "haohaoxuexi", "mimashimima", "woaimama", "woaibaba", "woailaopo", "woailaogong",
    ]
}
