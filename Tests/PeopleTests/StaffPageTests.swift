import Accounts
import Foundation
import HummingbirdTesting
import Procedure
import Testing
import Web

@testable import People

@Suite("The administrator and the staff")
struct StaffPageTests {
    private func made(_ name: String, _ office: Office, in court: PeopleCourt) async throws -> StaffMember {
        try await court.application.test(.router) { client in
            let made = try await client.post(
                "/admin", "name=\(name)&sign_in_name=staff.\(name)&office=\(office.rawValue)", as: "administrator")
            #expect(made.status == .ok)
            #expect(made.text.contains("One-time code"))
        }
        let staff = try await court.accounts.staff(for: court.administrator)
        return try #require(staff.first { $0.name == name })
    }

    @Test("offices are given and ended on the member's page, and each change is an entry of the court's docket")
    func offices() async throws {
        try await PeopleCourt.open { court in
            let member = try await made("li", .clerk, in: court)
            try await court.application.test(.router) { client in
                for language in ["zh-CN", "en"] {
                    let page = try await client.get("/admin/\(member.id)", as: "administrator", language)
                    #expect(page.status == .ok)
                    #expect(page.text.contains("checked"))
                }
                let changed = try await client.post(
                    "/admin/\(member.id)", "office=filing-clerk", as: "administrator")
                #expect(changed.status == .seeOther)
                let none = try await client.post("/admin/\(member.id)", "", as: "administrator")
                #expect(none.status == .unprocessableContent)
            }
            let now = try await court.accounts.staff(for: court.administrator).first { $0.id == member.id }
            #expect(now?.offices == [.filingClerk])
            #expect(
                try await court.courtActs() == ["court.office-given", "court.office-given", "court.office-ended"])
        }
    }

    @Test("who lost phone or password gets a new code; everything old is closed at once")
    func newCode() async throws {
        try await PeopleCourt.open { court in
            let member = try await made("li", .clerk, in: court)
            try await court.application.test(.router) { client in
                let issued = try await client.post("/admin/\(member.id)/code", "", as: "administrator")
                #expect(issued.status == .ok)
                #expect(issued.text.contains("One-time code"))
            }
        }
    }

    @Test("a closed account keeps its name on the list, ends its offices on record, and offers no steps")
    func closed() async throws {
        try await PeopleCourt.open { court in
            let member = try await made("li", .clerk, in: court)
            try await court.application.test(.router) { client in
                let closed = try await client.post("/admin/\(member.id)/close", "", as: "administrator")
                #expect(closed.status == .seeOther)
                let page = try await client.get("/admin/\(member.id)", as: "administrator", "en")
                #expect(page.text.contains("closed"))
                #expect(!page.text.contains("/close"))
                let again = try await client.post("/admin/\(member.id)/close", "", as: "administrator")
                #expect(again.status == .notFound)
            }
            #expect(try await court.courtActs() == ["court.office-given", "court.office-ended"])
        }
    }

    @Test("nobody else learns who works here, and nobody changes their own offices")
    func closedDoors() async throws {
        try await PeopleCourt.open { court in
            let member = try await made("li", .clerk, in: court)
            let person = try await court.person().rawValue
            try await court.application.test(.router) { client in
                for path in ["/admin", "/admin/\(member.id)", "/admin/\(AccountID.random())"] {
                    #expect(try await client.get(path, as: person).status == .notFound, "\(path)")
                }
                for path in ["/admin/\(member.id)", "/admin/\(member.id)/code", "/admin/\(member.id)/close"] {
                    #expect(try await client.post(path, "office=judge", as: person).status == .notFound, "\(path)")
                }
                let absent = try await client.get("/admin/\(AccountID.random())", as: "administrator")
                #expect(absent.status == .notFound)
            }
        }
    }
}
