import Crypto
import Docket
import Foundation
import HTTPTypes
import HummingbirdTesting
import Procedure
import Testing

@testable import CaseFile

@Suite("The timeline of a case page")
struct TimelineTests {
    @Test("page by page every entry is shown once, and a page keeps its entries when new ones come")
    func everyEntryOnce() {
        for count in [0, 1, 19, 20, 21, 40, 57, 200] {
            var seen: [Int] = []
            var pages = TimelinePages(count: count, asked: nil)
            while true {
                seen = Array(pages.shown) + seen
                #expect(pages.shown.count <= TimelinePages.most)
                guard let earlier = pages.earlier else { break }
                pages = TimelinePages(count: count, asked: "\(earlier)")
            }
            #expect(seen == Array(0..<count))
        }
        #expect(TimelinePages(count: 57, asked: "37").shown == 17..<37)
        #expect(TimelinePages(count: 80, asked: "37").shown == 17..<37)
        #expect(TimelinePages(count: 57, asked: "37").later == 57)
    }

    @Test("nonsense in the address means the newest entries", arguments: ["", "x", "-", "9999999999999999999", "１２"])
    func nonsense(asked: String) {
        #expect(TimelinePages(count: 57, asked: asked).shown == 37..<57)
    }

    @Test("a number out of the docket means its nearest end")
    func outside() {
        #expect(TimelinePages(count: 57, asked: "0").shown == 0..<1)
        #expect(TimelinePages(count: 57, asked: "-3").shown == 0..<1)
        #expect(TimelinePages(count: 57, asked: "58").shown == 37..<57)
        #expect(TimelinePages(count: 0, asked: "4").shown.isEmpty)
    }

    @Test("the last page of a finished case is light, and links lead through all of it without script")
    func lightAndWhole() async throws {
        try await FiledCase.with { filed in
            let ids = try await filed.court.registry.entries(of: filed.docket).map(\.entry.id)
            #expect(ids.count > TimelinePages.most)
            try await filed.asked { client in
                var next: String? = "/cases/\(filed.docket)"
                var shown: [EntryID] = []
                while let path = next {
                    let page = try await client.get(path, as: .plaintiff, [.acceptLanguage: "en"]).text
                    #expect(page.utf8.count < 36_000, "\(page.utf8.count) bytes")
                    let here = page.matches(of: /<li id="e-([0-9a-z]{26})"/).compactMap {
                        EntryID(rawValue: String($0.1))
                    }
                    shown += here
                    next = page.firstMatch(of: /href="([^"]*)#docket">Earlier entries/).map { String($0.1) }
                }
                #expect(shown == ids.reversed())
            }
        }
    }
}

@Suite("What the timeline calls each act")
struct ActWordsTests {
    @Test("another judge drawn is called so")
    func redrawn() throws {
        let draw = try #require(
            JudgeDraw(
                among: [.init(judge: .random(), name: "法官甲", workload: 1, barred: nil)], seed: .init(high: 1, low: 2)))
        let notice = DocumentReference(document: .random(), kind: .benchNotice, files: [])
        #expect(
            ActWords.words(.court(.benchRedrawn(BenchRedrawn(draw: draw, notice: notice))))
                == Words("更换承办法官", "Another judge drawn"))
    }

    @Test(
        "no kind of act falls through to words for all: each is named in the switch, and each entry of a case has its own"
    )
    func nothingFallsThrough() async throws {
        let source = try String(
            contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appending(path: "../../Sources/CaseFile/ActWords.swift"), encoding: .utf8)
        #expect(!source.contains("default:"))
        #expect(!source.contains("Other entry"))
        let names = source.matches(of: /Words\(\s*"([^"\\]+)/).map { String($0.1) }
        #expect(names.count >= ActKinds.all.count, "\(names.count) names for \(ActKinds.all.count) kinds of act")
        #expect(Set(names).count == names.count, "two kinds of act are called alike")
        try await FiledCase.with { filed in
            for opened in try await filed.court.registry.entries(of: filed.docket) {
                let words = ActWords.words(opened.entry.act)
                #expect(!words.zh.isEmpty && !words.en.isEmpty)
                #expect(words.zh.unicodeScalars.contains { $0.properties.isIdeographic })
            }
        }
    }
}
