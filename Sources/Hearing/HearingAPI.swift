import Accounts
import Hummingbird
import Procedure
import Web

/// The hearing for programs: the steps of the page, JSON in and out.
extension HearingArea {
    func mountAPI(on routes: inout Routes) {
        let base = "/api/v1/cases/:docket/hearing"
        routes.api(.get, base, face: .both, HearingOperations.hearing) { _, context in
            try await tellHearing(context)
        }
        func step<Body: SentStep>(_ step: HearingStep, _ operation: APIOperation, _: Body.Type) {
            routes.api(.post, "\(base)/\(step.rawValue)", face: .both, operation) { request, context in
                let body = try context.sent(as: Body.self)
                _ = try await take(step, context.sending(body.form, at: request.uri.path))
                return try await tellHearing(context)
            }
        }
        step(.application, HearingOperations.application, SentApplication.self)
        step(.agreement, HearingOperations.agreement, SentAgreement.self)
        step(.opening, HearingOperations.opening, SentOpening.self)
        step(.phases, HearingOperations.phase, SentPhase.self)
        step(.questions, HearingOperations.question, SentQuestion.self)
        step(.answers, HearingOperations.answer, SentAnswer.self)
        step(.statements, HearingOperations.statement, SentStatement.self)
        step(.end, HearingOperations.end, SentEnd.self)
        step(.recusal, HearingOperations.recusal, SentRecusal.self)
        step(.recusalDecision, HearingOperations.recusalDecision, SentRecusalDecision.self)
        routes.api(.post, "\(base)/close", face: .both, HearingOperations.close) { request, context in
            _ = try await take(.close, context.sending(Form(), at: request.uri.path))
            return try await tellHearing(context)
        }
    }

    private func tellHearing(_ context: CourtContext) async throws -> Response {
        try .api(HearingJSON(try await open(context)))
    }
}

/// What a program sends for one step, as the fields the page's form would carry.
protocol SentStep: Decodable, Sendable {
    var form: Form { get }
}

private struct SentApplication: SentStep {
    let difficulty: String
    var form: Form { Form(["difficulty": difficulty]) }
}

private struct SentAgreement: SentStep {
    let agreement: String
    let reason: String?
    var form: Form { Form(["agreement": agreement, "reason": reason ?? ""]) }
}

private struct SentOpening: SentStep {
    let gates: [String: String]
    let until: String
    var form: Form {
        Form(pairs: [("until", until)] + gates.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}

private struct SentPhase: SentStep {
    let phase, until: String
    var form: Form { Form(["phase": phase, "until": until]) }
}

private struct SentEnd: SentStep {
    let phase: String
    var form: Form { Form(["phase": phase]) }
}

private struct SentQuestion: SentStep {
    let to, question: String
    var form: Form { Form(["to": to, "question": question]) }
}

private struct SentAnswer: SentStep {
    let question, text: String
    var form: Form { Form(pairs: [("question", question), ("answer-\(question)", text)]) }
}

private struct SentStatement: SentStep {
    let statement: String
    var form: Form { Form(["statement": statement]) }
}

private struct SentRecusal: SentStep {
    let reason: String
    var form: Form { Form(["recusal": reason]) }
}

private struct SentRecusalDecision: SentStep {
    let outcome, reason: String
    var form: Form { Form(["outcome": outcome, "decision": reason]) }
}

/// The hearing as it stands, for those who may read the case.
private struct HearingJSON: Encodable {
    struct Gate: Encodable {
        let gate: WritingGate
        let standing: String
        let reason: Words
    }
    struct Application: Encodable {
        let party: PartyID
        let difficulty: String
    }
    struct Question: Encodable {
        let question: QuestionID
        let to: PartyID
        let text: String
        let phase: HearingPhase
        let asked: Happened
        let answer: String?
        let answered: Happened?
    }
    struct Statement: Encodable {
        let party: PartyID
        let phase: HearingPhase
        let text: String
        let at: Happened
    }
    struct Recusal: Encodable {
        let by: PartyID
        let reason: String
        let asked: Happened
        let outcome: String?
        let decision: String?
    }
    struct Party: Encodable {
        let party: PartyID
        let role: String
        let name: String
        /// To the hearing in writing; absent until answered.
        let agrees: Bool?
        let refusal: String?
    }

    let parties: [Party]
    let gates: [Gate]
    let application: Application?
    let phase: HearingPhase?
    let until: CourtDay?
    /// Who agreed that the open phase end early.
    let end_agreed: [PartyID]
    let closed: Happened?
    let questions: [Question]
    let statements: [Statement]
    let recusals: [Recusal]

    init(_ matter: HeardCase) {
        let hearing = matter.hearing
        parties = matter.state.parties.places.map { place in
            let refusal = hearing.refused[place.party]
            return Party(
                party: place.party, role: place.role.rawValue, name: place.details.name,
                agrees: hearing.agreed.contains(place.party) ? true : refusal == nil ? nil : false, refusal: refusal)
        }
        gates = matter.state.writingGates.map { gate in
            let standing =
                switch gate.verdict {
                case .met: "met"
                case .notMet: "not-met"
                case .judgeFinds: "judge-finds"
                }
            return Gate(gate: gate.gate, standing: standing, reason: gate.reason)
        }
        application = hearing.application.map { Application(party: $0.party, difficulty: $0.difficulty) }
        phase = hearing.phase
        until = hearing.phaseUntil
        end_agreed = hearing.endAgreed.sorted()
        closed = hearing.closedAt
        questions = hearing.questions.map {
            Question(
                question: $0.question, to: $0.to, text: $0.text, phase: $0.phase, asked: $0.asked, answer: $0.answer,
                answered: $0.answered)
        }
        statements = hearing.statements.map {
            Statement(party: $0.party, phase: $0.phase, text: $0.text, at: $0.at)
        }
        recusals = hearing.recusals.map { recusal in
            let outcome = recusal.upheld.map { $0 ? RecusalOutcome.upheld : .rejected }
            return Recusal(
                by: recusal.by, reason: recusal.reason, asked: recusal.asked, outcome: outcome?.rawValue,
                decision: recusal.decision)
        }
    }
}
