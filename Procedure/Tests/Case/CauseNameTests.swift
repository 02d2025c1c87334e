import Foundation
import Procedure
import Testing

@testable import ProcedureTables

@Suite("English names of the causes")
struct CauseNameTests {
    private let file: CausesFile
    private let names: CauseNamesFile

    init() throws {
        file = try LawTables.read("causes", as: CausesFile.self)
        names = try LawTables.read("cause_names_en", as: CauseNamesFile.self)
    }

    @Test("every cause and every heading has one, and no letter of it is Chinese")
    func complete() {
        let causes = tables.causes.causes
        let headings = file.level1.map(\.name) + file.level1.flatMap(\.level2).map(\.name)
        #expect(headings.count == 12 + 59)
        let all = causes.map(\.english) + causes.flatMap(\.path).map(\.en) + headings.map { names.headings[$0] ?? "" }
        for name in all {
            #expect(name.first?.isUppercase == true, "\(name)")
            #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || " ,-'()".contains($0)) }, "\(name)")
        }
    }

    @Test("no two causes have the same one, nor two headings")
    func distinct() {
        let causes = tables.causes.causes
        #expect(Set(causes.map(\.english)).count == causes.count)
        #expect(Set(names.headings.values).count == names.headings.count)
    }

    @Test("what is one dispute in Chinese is one in English")
    func disputes() {
        for cause in tables.causes.causes where !cause.name.hasPrefix("申请执行人") {
            #expect(cause.name.hasSuffix("纠纷") == cause.english.hasPrefix("Dispute over "), "\(cause.english)")
            #expect(cause.name.hasPrefix("申请") == cause.english.hasPrefix("Application "), "\(cause.english)")
        }
    }

    @Test(
        "one term stands for one term",
        arguments: [
            ("侵害", "infringement"), ("权属", "ownership"), ("损害赔偿纠纷", "compensation for damage"),
            ("损害责任", "liability"), ("合同", "contract"), ("抵押", "mortgage"), ("质权", "pledge"),
            ("票据", "negotiable instrument"),
            ("网络域名", "internet domain name"), ("虚拟财产", "online virtual property"), ("发明专利", "invention patent"),
            ("植物新品种", "new plant variety"), ("布图设计", "integrated circuit layout design"),
            ("公益诉讼", "public interest action"),
            ("新就业形态", "new forms of employment"), ("通海水域", "at sea or in waters open to the sea"),
        ])
    func terms(_ chinese: String, _ english: String) {
        for cause in tables.causes.causes where cause.name.contains(chinese) {
            #expect(cause.english.contains(english), "\(cause.name): \(cause.english)")
        }
    }

    @Test("a cause or a heading without one stops the reading, and so does a name of nothing")
    func missing() throws {
        let words = LayWordsFile(entries: [])
        var causes = names.causes
        causes["C088.08"] = nil
        expectRefused(CauseNamesFile(headings: names.headings, causes: causes), saying: "C088.08")
        causes["C088.08"] = ""
        expectRefused(CauseNamesFile(headings: names.headings, causes: causes), saying: "C088.08")
        var headings = names.headings
        headings["合同纠纷"] = nil
        expectRefused(CauseNamesFile(headings: headings, causes: names.causes), saying: "合同纠纷")
        causes = names.causes
        causes["C999"] = "Dispute over nothing"
        expectRefused(CauseNamesFile(headings: names.headings, causes: causes), saying: "C999")
        #expect(try file.table(names: names, layWords: words).causes.count == 514 + 470)
    }

    private func expectRefused(_ names: CauseNamesFile, saying what: String) {
        let refused = #expect(throws: UnreadableTable.self) {
            try file.table(names: names, layWords: LayWordsFile(entries: []))
        }
        #expect(refused?.reason.contains(what) == true)
    }
}
