import Docket
import Hummingbird
import HummingbirdTesting
import Procedure
import Testing
import Web

@testable import ServiceOfProcess

@Suite("The service desk for programs")
struct ServiceForProgramsTests {
    @Test("the defendant is invited, the letter posted and received, silence leads offline")
    func letter() async throws {
        try await TestCourt.open { court in
            let docket = try await court.docketed()
            let path = "/api/v1/desk/service/\(docket)"
            try await court.application.test(.router) { client in
                let queue = try await client.ask(.get, "/api/v1/desk/service", as: "clerk")
                #expect(queue.status == .ok && queue.text.contains(docket.rawValue))
                let stranger = try await client.ask(.get, path, as: "buyer")
                #expect(stranger.status == .forbidden)

                let by = court.today.adding(days: 15)
                let invited = try await client.ask(
                    .post, "\(path)/invitation", as: "clerk", #"{"answer_by":"\#(by)"}"#)
                #expect(invited.status == .ok && invited.text.contains(by.rawValue))
                let posted = try await client.ask(
                    .post, "\(path)/posting", as: "clerk", #"{"day":"\#(court.today)","tracking":"EMS 1"}"#)
                #expect(posted.status == .ok && posted.text.contains("EMS 1"))
                let received = try await client.ask(
                    .post, "\(path)/receipt", as: "clerk", #"{"day":"\#(court.today)"}"#)
                #expect(received.status == .ok && received.text.contains("link_by"))

                // The period runs: not yet.
                let early = try await client.ask(.post, "\(path)/offline", as: "clerk", #"{"ground":"silence"}"#)
                #expect(early.status == .unprocessableContent)
                let wrong = try await client.ask(.post, "\(path)/offline", as: "clerk", #"{"ground":"whim"}"#)
                #expect(wrong.status == .badRequest && wrong.text.contains("json.fields"))
            }
            #expect(try await court.state(docket).participation.offline.isEmpty)
        }
    }

    @Test("the complaint and the judgment are served, once for one key")
    func documents() async throws {
        try await TestCourt.open { court in
            let docket = try await court.joined()
            let path = "/api/v1/desk/service/\(docket)"
            try await court.application.test(.router) { client in
                for _ in 0..<2 {
                    let served = try await client.ask(
                        .post, "\(path)/complaint", as: "clerk", nil, key: "serve-complaint-1")
                    #expect(served.status == .ok && served.text.contains("answer-notice"))
                }
                let forbidden = try await client.ask(.post, "\(path)/judgment", as: "seller")
                #expect(forbidden.status != .ok)
                let early = try await client.ask(.post, "\(path)/judgment", as: "clerk")
                #expect(early.status == .ok && !early.text.contains(#""kind":"judgment""#))
            }
            let kinds = try await court.state(docket).service.deliveries.flatMap(\.documents).map(\.kind)
            #expect(kinds.count { $0 == .complaint } == 1)
        }
    }
}

extension TestClientProtocol {
    fileprivate func ask(
        _ method: HTTPRequest.Method, _ path: String, as who: String, _ body: String? = nil, key: String? = nil
    ) async throws -> (status: HTTPResponse.Status, text: String) {
        var headers: HTTPFields = [.authorization: "Bearer \(who)", .contentType: "application/json"]
        headers[.idempotencyKey] = key
        let answer = try await execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        return (answer.status, String(buffer: answer.body))
    }
}
