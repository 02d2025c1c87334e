import Accounts
import CourtServer
import Docket
import Hummingbird
import Procedure
import Storage
import Web

/// `/demo`: be the plaintiff, the defendant, a clerk, the judge, or an attacker; move the clock.
struct DemonstrationPages: Sendable {
    let court: CourtHouse
    let people: [DemonstrationPerson]

    func mount(on routes: inout Routes) {
        StyleGuide.register(in: &routes)
        routes.get("/demo", face: .both, access: .anyone) { [self] _, context in try await page(context) }
        routes.post("/demo/as/:part", face: .both, access: .anyone) { [self] request, context in
            guard let person = people.first(where: { $0.part.rawValue == context.parameters.get("part") }) else {
                throw NotFound()
            }
            let token = try await DemonstrationCast(court: court).token(of: person)
            var response = Response.seeOther(person.part.home)
            response.startSession(token.rawValue, in: context)
            return response
        }
        routes.post("/demo/clock", face: .both, access: .anyone) { [self] _, context in
            let days = Int(context.form["days"] ?? "") ?? 16
            try await ClockMachine(court: court).move(days: min(max(days, 1), 60))
            return Response.seeOther("/demo?moved=\(days)")
        }
        routes.post("/demo/attack", face: .both, access: .anyone) { [self] _, _ in
            try await Attack(court: court).changeOneByte()
            return Response.seeOther("/demo/attack")
        }
        routes.post("/demo/attack/undo", face: .both, access: .anyone) { [self] _, _ in
            try await Attack(court: court).undo()
            return Response.seeOther("/demo/attack")
        }
        routes.get("/demo/attack", face: .both, access: .anyone) { [self] _, context in try await attackPage(context) }
    }

    private func page(_ context: CourtContext) async throws -> Page {
        let voice = context.voice
        let cards = DemonstrationPerson.Part.allCases.compactMap { part in people.first { $0.part == part } }.map {
            person -> HTML in
            """
            <li class="card"><h2>\(voice(person.part.name))</h2><p>\(said: person.name)</p><p class="hint">\(voice(person.part.task))</p>
            \(PostForm(action: "/demo/as/\(person.part.rawValue)", "<button class=\"button\" type=\"submit\" data-role=\"\(person.part.rawValue)\">\(voice("以此身份进入", "Enter as this person"))</button>").html(context))</li>
            """
        }
        let clock = voice.time(context.now)
        return Page(
            voice("您想成为谁？", "Who would you like to be?"),
            """
            <h1>\(voice("您想成为谁？", "Who would you like to be?"))</h1>
            <p class="lead">\(voice("这是一家演示法院。选一个身份，一键进入；可在另一个窗口换另一个身份。", "This is a demonstration court. Choose a part and enter with one click; take another part in another window."))</p>
            <ul class="roles">\(cards)</ul>
            <h2>\(voice("移动时钟", "Move the clock"))</h2>
            <p>\(voice("法院现在的时间：", "The court's time is now: ")) \(clock)</p>
            \(PostForm(action: "/demo/clock", "<input type=\"hidden\" name=\"days\" value=\"16\"><button class=\"button quiet\" type=\"submit\" data-role=\"clock\">\(voice("前进16天", "+16 days"))</button>").html(context))
            <h2>\(voice("做一次攻击者", "Be the attacker"))</h2>
            <p>\(voice("直接改动数据库里的一个字节，然后看看核验会指出什么。", "Change one byte in the database, then see what the audit names."))</p>
            <p><a class="button quiet" href="/demo/attack" data-role="attacker">\(voice("进入攻击者页面", "To the attacker's page"))</a></p>
            """)
    }

    private func attackPage(_ context: CourtContext) async throws -> Page {
        let voice = context.voice
        let standing = try await Attack(court: court).standing()
        let report = try await Audit(court).run(withFiles: false)
        let found = report.differences.map { difference -> HTML in
            """
            <li><strong>\(difference.kind.rawValue)</strong> · \(voice("卷宗", "docket")) <code>\(difference.docket ?? "—")</code>\
             · \(voice("第", "entry "))\(difference.entry.map(String.init) ?? "—")\(voice("条", "")) <code>\(difference.entryID ?? "")</code></li>
            """
        }
        let result: HTML =
            report.isClean
            ? Notice(
                .success,
                "<p>\(voice("核验\(report.dockets)个卷宗、\(report.entries)条记载：没有差异。", "Audited \(report.dockets) dockets and \(report.entries) entries: nothing differs."))</p>"
            ).html(voice)
            : Notice(
                .warning,
                "<p>\(voice("核验发现被改动的记载：", "The audit names what was changed:"))</p><ul>\(found)</ul>"
            ).html(voice)
        let action: HTML =
            standing == nil
            ? PostForm(
                action: "/demo/attack",
                "<button class=\"button\" type=\"submit\" data-role=\"attack\">\(voice("改动一个字节", "Change one byte"))</button>"
            ).html(context)
            : PostForm(
                action: "/demo/attack/undo",
                "<button class=\"button quiet\" type=\"submit\" data-role=\"undo\">\(voice("改回去", "Change it back"))</button>"
            ).html(context)
        return Page(
            voice("攻击者", "The attacker"),
            """
            <h1>\(voice("攻击者", "The attacker"))</h1>
            <p>\(voice("您绕过了程序，直接对数据库下手：关掉只许追加的保护，改动一条记载的一个字节。", "You go around the program, straight to the database: you switch off its append-only guard and change one byte of one entry."))</p>
            \(result)\(action)
            <p><a href="/demo">\(voice("回到角色页面", "Back to the parts"))</a></p>
            """)
    }
}

extension DemonstrationPerson.Part {
    /// Where this person begins.
    var home: String {
        switch self {
        case .plaintiff: "/cases"
        case .defendant: "/link"
        case .filingClerk: "/desk/filing"
        case .clerk: "/desk/service"
        case .judge, .secondJudge, .president: "/desk"
        case .administrator: "/admin"
        }
    }

    var task: Words {
        switch self {
        case .plaintiff: Words("网上买到了问题商品，想起诉。", "Bought something faulty online and wants to sue.")
        case .defendant: Words("网店店主，收到了法院的信。", "Runs the online shop and got a letter from the court.")
        case .filingClerk: Words("审查起诉材料，决定立案。", "Reviews filings and dockets them.")
        case .clerk: Words("寄送通知、制作笔录、归档。", "Sends notices, draws transcripts, archives.")
        case .judge, .secondJudge: Words("组织质证、主持庭审、作出判决。", "Leads the exchange and the hearing, gives judgment.")
        case .president: Words("决定回避申请。", "Decides on recusal.")
        case .administrator: Words("建立工作人员账号，看不到案件。", "Creates staff accounts and sees no case.")
        }
    }
}
