import Procedure
import Testing

@Suite("Causes of action")
struct CauseTests {
    @Test("the list has as many causes as it says, each with its initials")
    func complete() {
        #expect(tables.causes.causes.count == 514 + 470)
        #expect(Set(tables.causes.causes.map(\.id)).count == 984)
        #expect(
            tables.causes.causes.allSatisfy {
                !$0.pinyin.isEmpty && $0.pinyin.utf8.allSatisfy { (97...122).contains($0) }
            })
        #expect(tables.causes.layWords.flatMap(\.causes).allSatisfy(tables.causes.contains))
    }

    @Test("its own name finds every cause", arguments: tables.causes.causes)
    func byName(_ cause: Cause) {
        let names = tables.causes.search(cause.name, limit: 5).map(\.cause.name)
        #expect(names.first == cause.name)
    }

    @Test(
        "what people say finds the cause first",
        arguments: [
            ("网购", "C088.08"), ("淘宝卖家不发货", "C088.08"), ("refund", "C088.08"), ("会员充值", "C142.14"),
            ("online service", "C142.14"), ("信息泄露", "C008.02"), ("personal data", "C008.02"), ("游戏账号", "C204"),
            ("欠钱不还", "C108.03"), ("网贷", "C108.01"), ("拖欠工资", "C205.05"), ("unpaid wages", "C205.05"),
            ("产品缺陷", "C410"), ("盗图", "C164.13"), ("copyright", "C164.13"), ("网暴", "C006"), ("域名", "C175"),
        ])
    func layWords(_ said: String, _ cause: String) {
        #expect(tables.causes.search(said).first?.cause.id == cause)
    }

    @Test(
        "pinyin initials find the cause",
        arguments: [
            ("xxwlmmhtjf", "C088.08"), ("xxwlmm", "C088.08"), ("mjjdjf", "C108.03"), ("XYKJF", "C115.02"),
            ("yhkjf", "C115"),
        ])
    func pinyin(_ initials: String, _ cause: String) {
        #expect(tables.causes.search(initials).first?.cause.id == cause)
    }

    @Test(
        "English words find the cause, a beginning of a word too",
        arguments: [
            ("online shopping", "C088.08"), ("Dispute over an online shopping contract", "C088.08"),
            ("private loan", "C108.03"), ("Private loan", "C108.03"), ("ownership virtual", "C202"),
            ("transfer internet domain", "C162.02"), ("labour remuneration", "C205.05"), ("credit card", "C115.02"),
            ("division of co-owned property", "C056.02"), ("payment order", "C458"), ("divorce", "C014"),
        ])
    func english(_ said: String, _ cause: String) {
        #expect(tables.causes.search(said).first?.cause.id == cause)
    }

    @Test("the end of an English word finds nothing")
    func wordEnd() {
        #expect(tables.causes.search("trothal").isEmpty)
        #expect(tables.causes.search("betrothal").first?.cause.id == "C012")
    }

    @Test("several words must all match")
    func severalWords() {
        let found = tables.causes.search("网络 域名 转让")
        #expect(found.first?.cause.id == "C162.02")
    }

    @Test("nothing is found for nothing, for marks, or for nonsense", arguments: ["", "  ", "、", "齉齉齉", "%'; --"])
    func nothing(_ query: String) {
        #expect(tables.causes.search(query).isEmpty)
    }
}

@Suite("Internet courts")
struct InternetCourtTests {
    private func finding(
        _ cause: String, on day: CourtDay, city: String = "杭州市", level: CourtLevel = .basic,
        kind: InternetCategory.Kind = .civil, facts: Set<NetworkFact> = Set(NetworkFact.allCases), seat: String? = nil
    ) throws -> JurisdictionFinding {
        let cause = try #require(tables.causes[cause])
        return tables.internetCourts.finding(
            for: JurisdictionQuestion(
                cause: cause, kind: kind, docketedOn: day, city: city, level: level, facts: facts), seat: seat)
    }

    @Test("every cause on the list of 2025 is heard from 1 November 2025", .proves(.internetCases))
    func list2025() throws {
        for category in tables.internetCourts.categories2025
        where category.kind == .civil || category.kind == .publicInterest {
            for cause in category.causes + category.causesIfOnline {
                #expect(try finding(cause, on: "2025-11-01", kind: category.kind).isForInternetCourt, "\(cause)")
            }
        }
    }

    @Test(
        "every cause on the list of 2018 is heard up to 31 October 2025",
        .proves(.internetCases2018, .internetCasesBefore))
    func list2018() throws {
        for category in tables.internetCourts.categories2018
        where category.kind == .civil || category.kind == .publicInterest {
            for cause in category.causes {
                #expect(try finding(cause, on: "2025-10-31", kind: category.kind).isForInternetCourt, "\(cause)")
            }
        }
    }

    @Test("the causes' own marks and the lists of categories agree")
    func marksAgree() {
        for cause in tables.causes.causes {
            for id in cause.internet2025 + cause.internet2025IfOnline {
                #expect(tables.internetCourts.categories2025.contains { $0.id == id }, "\(cause.id) \(id)")
            }
            for id in cause.internet2018 {
                #expect(tables.internetCourts.categories2018.contains { $0.id == id }, "\(cause.id) \(id)")
            }
        }
        for category in tables.internetCourts.categories2025 {
            for id in category.causes {
                #expect(tables.causes[id]?.internet2025.contains(category.id) == true, "\(id)")
            }
        }
    }

    @Test(
        "loans, copyright, general torts and product liability left the list on 1 November 2025",
        .proves(.internetCases, .internetCases2018), arguments: ["C108.01", "C164", "C006", "C410"])
    func removed(_ cause: String) throws {
        #expect(try finding(cause, on: "2025-10-31").isForInternetCourt)
        let after = try finding(cause, on: "2025-11-01")
        #expect(!after.isForInternetCourt)
        #expect(after.reasons.contains { $0.words.en.contains("left it out") })
    }

    @Test("personal information and virtual property came with the new list", arguments: ["C202", "C199"])
    func added(_ cause: String) throws {
        #expect(try !finding(cause, on: "2025-10-31").isForInternetCourt)
        #expect(try finding(cause, on: "2025-11-01").isForInternetCourt)
    }

    @Test("online shopping needs an e-commerce platform", .proves(.internetCases, .onlineSaleVenue))
    func platform() throws {
        let direct = try finding("C088.08", on: "2026-03-01", facts: [.concludedOnline])
        #expect(!direct.isForInternetCourt)
        #expect(direct.reasons.last?.article == .onlineSaleVenue)
        let noNetwork = try finding("C088.08", on: "2026-03-01", facts: [])
        #expect(noNetwork.reasons.last?.article == .contractVenue)
    }

    @Test("a network service must be concluded and performed online", .proves(.internetCases))
    func service() throws {
        #expect(try !finding("C142.14", on: "2026-03-01", facts: [.concludedOnline]).isForInternetCourt)
        #expect(
            try finding("C142.14", on: "2026-03-01", facts: [.concludedOnline, .performedOnline]).isForInternetCourt)
    }

    @Test("another city's case goes to that city's courts", .proves(.contractVenue, .onlineSaleVenue))
    func city() throws {
        let ningbo = try finding("C088.08", on: "2026-03-01", city: "宁波市")
        #expect(!ningbo.isForInternetCourt)
        let beijing = try finding("C088.08", on: "2026-03-01", city: "北京市", seat: "杭州市")
        #expect(beijing.verdict == .elsewhere(Words("北京互联网法院", "北京互联网法院")))
        #expect(try finding("C088.08", on: "2026-03-01", city: "演示市", seat: "演示市").isForInternetCourt)
    }

    @Test("a case for a higher court stays there")
    func level() throws {
        let higher = try finding("C088.08", on: "2026-03-01", level: .intermediate)
        #expect(higher.verdict == .elsewhere(Words("有管辖权的中级人民法院", "the intermediate court with jurisdiction")))
        #expect(try finding("C508", on: "2026-03-01", level: .intermediate, kind: .publicInterest).isForInternetCourt)
    }

    @Test(
        "appeals go to the intermediate court, on domain names to the specialised one",
        .proves(.internetAppeals, .internetAppeals2018))
    func appeals() throws {
        func appeal(_ cause: String, _ day: CourtDay, _ city: String) throws -> String? {
            guard case .internetCourt(_, _, let appeal) = try finding(cause, on: day, city: city).verdict else {
                return nil
            }
            return appeal
        }
        #expect(try appeal("C088.08", "2026-03-01", "杭州市") == "浙江省杭州市中级人民法院")
        #expect(try appeal("C162", "2026-03-01", "北京市") == "北京知识产权法院")
        #expect(try appeal("C164", "2025-03-01", "广州市") == "广州知识产权法院")
    }

    @Test(
        "a tort that is not heard goes to the place of the tort, or the defendant's",
        .proves(.tortVenue, .onlineTortVenue, .defendantsVenue))
    func elsewhere() throws {
        #expect(try finding("C410", on: "2026-03-01", facts: []).reasons.last?.article == .tortVenue)
        #expect(try finding("C410", on: "2026-03-01").reasons.last?.article == .onlineTortVenue)
        #expect(try finding("C014", on: "2026-03-01").reasons.last?.article == .defendantsVenue)
    }
}
