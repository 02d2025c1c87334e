import Foundation
import Hummingbird
import NIOCore
import Procedure
import ProcedureTables
import Web

/// The calculators for programs: `LawQuestions` as it is, JSON in and JSON out.
extension LawPagesArea {
    func mountQuestions(on routes: inout Routes) {
        let questions = LawQuestions(tables: tables)
        // Nothing is changed by asking, so no proof of our own page is needed and any program may ask.
        routes.api(
            .post, "/api/v1/law/fee", face: .both, access: .anyone, origin: .callerSigns,
            maximumBodyBytes: Self.largestQuestion, LawQuestionShapes.fee
        ) { request, _ in
            let asked = try await Self.question(in: request)
            return try Self.answering { () throws(LawQuestionProblem) in try questions.answerFee(json: asked) }
        }
        routes.api(
            .post, "/api/v1/law/deadline", face: .both, access: .anyone, origin: .callerSigns,
            maximumBodyBytes: Self.largestQuestion, LawQuestionShapes.deadline
        ) { request, _ in
            let asked = try await Self.question(in: request)
            return try Self.answering { () throws(LawQuestionProblem) in try questions.answerDeadline(json: asked) }
        }
    }

    private static let largestQuestion = 65_536

    private static func question(in request: Request) async throws -> Data {
        Data(try await request.body.collect(upTo: largestQuestion).readableBytesView)
    }

    private static func answering(_ answer: () throws(LawQuestionProblem) -> Data) throws(Problem) -> Response {
        do {
            return .json([UInt8](try answer()))
        } catch {
            throw Problem(error)
        }
    }
}

extension Problem {
    /// What is not JSON is 400; what is JSON and cannot be answered is 422 and names its field.
    init(_ question: LawQuestionProblem) {
        self.init(
            question.code == "law.malformed" ? .badRequest : .unprocessableContent, code: question.code,
            reason: question.title, remedy: question.detail,
            errors: question.field.map { [FieldError($0, question.detail)] } ?? [])
    }
}

extension Response {
    static func json(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .contentLength: String(bytes.count)],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
