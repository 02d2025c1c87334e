import Accounts
import Docket
import Documents
import Procedure
import Storage
import Testing
import Web

@testable import ServiceOfProcess

@Suite("Serving documents")
struct DeliveryTests {
    @Test("confirming the address serves the complaint as it was stored, and the periods start")
    func complaint() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await court.workOff()
            let state = try await court.state(docket)
            let delivery = try #require(state.service.deliveries.first)
            #expect(state.service.deliveries.count == 1 && delivery.party == .defendant)
            #expect(delivery.documents.map(\.kind) == [.complaint, .answerNotice, .evidenceNotice, .smallClaimsNotice])
            #expect(delivery.documents.first == state.filing.complaint?.document)
            #expect(delivery.arrived != nil)
            let period = try #require(state.evidence.periods[.defendant])
            let context = court.area.looking(at: court.now)
            #expect(period.answerBy == context.limit(.answerSmallClaims, from: court.today).lastDay)
            #expect(period.evidenceBy == context.limit(.evidenceSmallClaims, from: court.today).lastDay)
            for document in delivery.documents.dropFirst() {
                #expect(try await court.bytes(of: document).starts(with: Array("%PDF".utf8)))
            }
        }
    }

    @Test("asked for twice, and by the clerk besides, there is one delivery and one certificate")
    func once() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask { try? await court.area.serveComplaint(in: docket, by: .machine) }
                }
                group.addTask { try? await court.area.serveComplaint(in: docket, by: .clerk(TestCourt.clerk)) }
            }
            await court.workOff()
            let service = try #require(try await court.state(docket).service.deliveries.first?.service)
            try await court.area.certify(service, in: docket)
            try await court.area.certify(nil, in: docket)
            let kinds = try await court.registry.entries(of: docket).map { type(of: $0.entry.act.body).type }
            #expect(kinds.count { $0 == DocumentsSent.type } == 1)
            #expect(kinds.count { $0 == ServiceCertified.type } == 1)
        }
    }

    @Test("the certificate names the documents by their digests, the times and the consent")
    func certificate() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await court.workOff()
            let delivery = try #require(try await court.state(docket).service.deliveries.first)
            let view = try #require(delivery.certificate?.files.last)
            let page = try await court.bytes(
                of: DocumentReference(document: .random(), kind: .serviceCertificate, files: [view]))
            let text = String(decoding: page, as: UTF8.self)
            for document in delivery.documents { #expect(text.contains(document.digest?.hex ?? "no digest")) }
            #expect(text.contains("赵示范") && text.contains("（2026）演0192民初42号"))
            #expect(text.contains("受送达人明确表示同意电子送达"))
        }
    }

    @Test(
        "the judgment is served once on each; with the last it takes effect, the case closes, and no certificate lacks")
    func judgment() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await court.workOff()
            try await court.sign(docket)
            await court.refuses("judgment.not-pronounced") {
                try await court.area.serveJudgment(in: docket, by: .machine)
            }
            try await court.pronounce(docket)
            // The plaintiff has no address yet: the judgment waits for it.
            try await court.area.serveJudgment(in: docket, by: .machine)
            var state = try await court.state(docket)
            #expect(state.service.served(.judgment, on: .defendant) != nil)
            #expect(state.service.served(.judgment, on: .plaintiff) == nil && state.judgment.effectiveOn == nil)

            try await court.confirmAddress(court.buyer, in: docket)
            await court.workOff()
            try await court.area.serveJudgment(in: docket, by: .machine)
            try await court.area.serveJudgment(in: docket, by: .clerk(TestCourt.clerk))
            await court.workOff()
            state = try await court.state(docket)
            #expect(state.judgment.effectiveOn == court.today && state.closing.manner == .judgment)
            let judgments = state.service.deliveries.filter { $0.documents.map(\.kind) == [.judgment] }
            #expect(judgments.map(\.party) == [.defendant, .plaintiff])
            #expect(judgments.allSatisfy { $0.documents.first == state.judgment.signed?.document })
            #expect(state.service.deliveries.allSatisfy { $0.certificate != nil })
        }
    }

    @Test("a certificate for what is not there is no error: another area may have named it")
    func tolerant() async throws {
        try await TestCourt.open { court in
            let docket = try await court.docketed()
            try await court.area.certify(.random(), in: docket)
            #expect(try await court.registry.entries(of: docket).count == 2)
        }
    }

    @Test("without a confirmed address nothing is served")
    func noAddress() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            try await court.link(code)
            try await court.area.serveComplaint(in: docket, by: .machine)
            #expect(try await court.state(docket).service.deliveries.isEmpty)
        }
    }

    @Test("a party cannot serve; the desk's own step asks for the clerk")
    func permission() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            await #expect(throws: Forbidden(.recordService)) {
                try await court.area.serveComplaint(in: docket, by: .clerk(court.buyer))
            }
        }
    }
}

@Suite("Consent and address")
struct ConsentTests {
    @Test("declining one stage says nothing about the others; agreeing after it is open, retracting is a request")
    func perStage() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            try await court.link(code)
            try await court.consent(court.seller, .hearing, agreed: false, in: docket)
            var consents = try await court.state(docket).participation.consents[.defendant]
            #expect(consents?[.hearing]?.agreed == false)
            #expect(consents?[.evidenceExchange] == nil)
            try await court.consent(court.seller, .evidenceExchange, agreed: true, in: docket)
            try await court.consent(court.seller, .hearing, agreed: true, in: docket)
            consents = try await court.state(docket).participation.consents[.defendant]
            #expect(consents?[.hearing]?.agreed == true && consents?[.evidenceExchange]?.agreed == true)
            await court.refuses("consent.retraction-needs-request") {
                try await court.consent(court.seller, .hearing, agreed: false, in: docket)
            }
            #expect(try await court.state(docket).participation.consents[.plaintiff] == nil)
        }
    }

    @Test("what is recorded is the notice that was shown, in its language; an older text is stale")
    func notice() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            try await court.link(code)
            let english = court.area.notices.onlineStages.shown(in: .english)
            _ = try await court.area.answerConsent(
                in: docket, .hearing, agreed: true, seen: english.digest.rawValue, by: court.seller, arrived: court.now,
                once: .fresh)
            #expect(try await court.state(docket).participation.consents[.defendant]?[.hearing]?.notice == english)
            await #expect(throws: Stale.self) {
                _ = try await court.area.answerConsent(
                    in: docket, .evidenceExchange, agreed: true, seen: "sha256:old", by: court.seller,
                    arrived: court.now, once: .fresh)
            }
        }
    }

    @Test("declining electronic service is recorded, and nothing is served; changing one's mind serves")
    func declineService() async throws {
        try await TestCourt.open { court in
            let (docket, code) = try await court.invited()
            try await court.link(code)
            let digest = court.area.notices.electronicService.shown(in: .chinese).digest.rawValue
            _ = try await court.area.answerConsent(
                in: docket, .service, agreed: false, seen: digest, by: court.seller, arrived: court.now, once: .fresh)
            await court.workOff()
            #expect(try await court.state(docket).service.deliveries.isEmpty)
            try await court.confirmAddress(court.seller, in: docket)
            await court.workOff()
            let state = try await court.state(docket)
            #expect(state.service.deliveries.count == 1)
            #expect(state.participation.consents[.defendant]?[.service]?.agreed == true)
        }
    }
}
