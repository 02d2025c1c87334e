import Accounts
import Docket
import Procedure
import Proofs
import Storage
import Testing
import Web

@testable import Filing

@Suite("Drafts of a complaint")
struct DraftTests {
    @Test("what is typed is there on another device, and nobody else's")
    func resume() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            try await court.type(Form(["item": "电水壶一只", "price": "12,"]), into: docket)
            let there = try await court.area.draft(docket, of: court.elsewhere)
            #expect(there.answers["item"] == "电水壶一只")
            #expect(there.answers["price"] == "12,", "what is typed is kept, also when it is wrong")
            #expect(there.known["plaintiff.name"] == "林晓演")
            #expect(try await court.area.drafts(of: court.elsewhere).map(\.draft.docket) == [docket])
            await #expect(throws: NotFound.self) { try await court.area.draft(docket, of: TestCourt.stranger) }
            let clerk = TestCourt.viewer(court.buyer.account, offices: [.filingClerk])
            await #expect(throws: Forbidden.self) { try await court.area.draft(docket, of: clerk) }
        }
    }

    @Test("a field the form does not have, or that the account knows, is not taken")
    func foreignFields() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            let hand = try await court.type(
                Form(["plaintiff.name": "别人", "_csrf": "x", "moon": "1", "item": "壶"]), into: docket)
            #expect(hand.content.answers.fields == ["item": ["壶"]])
            #expect(hand.parties(known: hand.known).first?.details.name == "林晓演")
        }
    }

    @Test("two devices in one field: the later one is shown both; in different fields both are kept")
    func conflict() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            let first = try await court.type(Form(["item": "壶", "platform": "甲"]), into: docket)
            let version = first.draft.version
            try await court.type(Form(["item": "水壶"]), into: docket, by: court.elsewhere, from: .version(version))

            let conflict = await #expect(throws: DraftConflict.self) {
                try await court.type(Form(["item": "茶壶"]), into: docket, from: .version(version))
            }
            #expect(conflict?.theirs["item"] == "水壶")
            #expect(conflict?.mine["item"] == "茶壶")
            #expect(conflict?.problem.status == .conflict)
            await #expect(throws: DraftConflict.self) {
                try await court.type(Form(["item": "茶壶"]), into: docket, from: .page(version: version))
            }
            // Sent again without the version, as the page that shows both does.
            let settled = try await court.type(Form(["item": "茶壶"]), into: docket, from: .page(version: nil))
            #expect(settled.answers["item"] == "茶壶")
            #expect(settled.answers["platform"] == "甲")
            // The page of this very session may be older than what it saved while typing.
            let later = try await court.type(Form(["item": "铁壶"]), into: docket, from: .page(version: 1))
            #expect(later.answers["item"] == "铁壶")
        }
    }

    @Test("saving from many places at once loses no field")
    func parallelSaves() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            let fields = ["item", "platform", "order_number", "price"]
            try await withThrowingTaskGroup { group in
                for field in fields { group.addTask { try await court.type(Form([field: "1"]), into: docket) } }
                try await group.waitForAll()
            }
            let hand = try await court.area.draft(docket, of: court.buyer)
            for field in fields { #expect(hand.answers[field] == "1", "\(field)") }
        }
    }

    @Test("a draft that is begun twice with one key is one draft")
    func beginTwice() async throws {
        try await TestCourt.open { court in
            let key = IdempotencyKey(rawValue: "begin-once-1")
            let first = try await court.area.beginDraft("online-shopping/1", by: court.buyer, key: key)
            let second = try await court.area.beginDraft("online-shopping/1", by: court.buyer, key: key)
            #expect(first == second)
            #expect(try await court.area.drafts(of: court.buyer).count == 1)
        }
    }

    @Test("a discarded draft is gone with its keys")
    func discard() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            try await court.type(Form(["item": "壶"]), into: docket)
            try await court.area.discard(docket, by: court.buyer)
            #expect(try await court.area.drafts(of: court.buyer).isEmpty)
            await #expect(throws: KeyVaultError.self) { try await court.registry.vault.keys(for: docket) }
        }
    }

    @Test("an upload becomes one exhibit, however often it is sent; another's upload becomes none")
    func evidence() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            let bytes = Array("hello".utf8)
            let upload = try await court.files.beginUpload(
                in: docket, .main, by: court.buyer.account, length: 5, name: "聊天.txt")
            await #expect(throws: FormErrors.self) {
                try await court.area.addEvidence(upload.id, to: docket, by: court.buyer)
            }
            _ = try await upload.append(at: 0, bytes)
            try await court.area.addEvidence(upload.id, to: docket, by: court.buyer)
            try await court.area.addEvidence(upload.id, to: docket, by: court.buyer)
            let hand = try await court.area.draft(docket, of: court.buyer)
            #expect(hand.content.exhibits.map(\.file.name) == ["聊天.txt"])
            #expect(hand.content.exhibits.first?.name == "聊天")
            #expect(try await court.files.files(of: docket).map(\.size) == [5])

            let foreign = try await court.files.beginUpload(
                in: docket, .main, by: TestCourt.stranger.account, length: 5, name: "x")
            _ = try await foreign.append(at: 0, bytes)
            await #expect(throws: NotFound.self) {
                try await court.area.addEvidence(foreign.id, to: docket, by: court.buyer)
            }
        }
    }

    @Test("exhibits are put in order and taken out; each says what is missing about it")
    func arrangeEvidence() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            for text in ["one", "two"] { try await court.addPhotograph(to: docket, bytes: Array(text.utf8)) }
            var hand = try await court.area.draft(docket, of: court.buyer)
            let (first, second) = (hand.content.exhibits[0].exhibit, hand.content.exhibits[1].exhibit)
            try await court.area.arrangeEvidence(
                .move(second, by: -1), typed: Form(["exhibit.\(first).proves": " "]), in: docket, by: court.buyer,
                from: .newest)
            hand = try await court.area.draft(docket, of: court.buyer)
            #expect(hand.content.exhibits.map(\.exhibit) == [second, first])
            #expect(hand.content.exhibitErrors.map(\.field) == ["exhibit.\(first).proves"])
            try await court.area.arrangeEvidence(
                .remove(first), typed: Form(), in: docket, by: court.buyer, from: .newest)
            hand = try await court.area.draft(docket, of: court.buyer)
            #expect(hand.content.exhibits.map(\.exhibit) == [second])
        }
    }

    @Test("the fee follows the claims: 1,280 and 3,840 yuan in small claims cost 25 yuan")
    func fee() async throws {
        try await TestCourt.open { court in
            let docket = try await court.begin()
            let hand = try await court.type(Form(kettle), into: docket)
            #expect(hand.claims().map(\.amount) == [.yuan(1_280), .yuan(3_840), nil])
            #expect(hand.sumInDispute == .yuan(5_120))
            let advice = court.area.advice(on: hand, today: "2026-03-02")
            #expect(advice.fee?.money == .yuan(25))
            #expect(advice.procedure?.result == .smallClaimsMandatory)
            #expect(advice.jurisdiction?.isForInternetCourt == true)
            let away = try await court.type(Form(["receipt_city": "成都市"]), into: docket)
            #expect(court.area.advice(on: away, today: "2026-03-02").jurisdiction?.isForInternetCourt == false)
        }
    }
}
