import Docket
import Hummingbird
import Procedure
import Web

/// The transcript for programs: read it, confirm exactly that version, ask for a correction, draw the next.
extension HearingArea {
    func mountTranscriptAPI(on routes: inout Routes) {
        let base = "/api/v1/cases/:docket/transcript"
        routes.api(.get, base, face: .both, HearingOperations.transcript) { _, context in
            try await tellTranscript(context)
        }
        func step<Body: SentStep>(_ step: TranscriptStep, _ operation: APIOperation, _: Body.Type) {
            routes.api(.post, "\(base)/\(step.rawValue)", face: .both, operation) { request, context in
                let body = try context.sent(as: Body.self)
                _ = try await take(step, context.sending(body.form, at: request.uri.path))
                return try await tellTranscript(context)
            }
        }
        step(.version, HearingOperations.version, SentVersion.self)
        step(.confirmation, HearingOperations.confirmation, SentConfirmation.self)
        step(.correction, HearingOperations.correction, SentCorrection.self)
    }

    private func tellTranscript(_ context: CourtContext) async throws -> Response {
        try .api(TranscriptJSON(try await open(context)))
    }
}

private struct SentVersion: SentStep {
    let version, corrections: Int
    let outcomes: [String]
    var form: Form {
        Form(
            pairs: [("version", String(version)), ("corrections", String(corrections))]
                + outcomes.enumerated().map { ("outcome-\($0.offset)", $0.element) })
    }
}

private struct SentConfirmation: SentStep {
    let version: Int
    let digest: String
    var form: Form { Form(["version": String(version), "digest": digest]) }
}

private struct SentCorrection: SentStep {
    let version: Int
    let correction: String
    var form: Form { Form(["version": String(version), "correction": correction]) }
}

/// The newest version, who confirmed it, and what was asked for on it.
private struct TranscriptJSON: Encodable {
    struct Transcript: Encodable {
        let document: DocumentReference
        let drafted: Happened
        /// When each party confirmed this version.
        let confirmed: [String: Instant]
        let confirmed_by_judge: Instant?
        let asked: [Correction]
    }
    struct Correction: Encodable {
        let party: PartyID
        let correction: String
    }

    /// Nought until the first is drawn.
    let version: Int
    let corrections: Int
    let transcript: Transcript?

    init(_ matter: HeardCase) {
        let seen = TranscriptSeen(matter.hearing)
        version = seen.version
        corrections = seen.corrections
        transcript = matter.hearing.transcript.map { transcript in
            let confirmed = transcript.confirmedBy.map { ($0.key.rawValue, $0.value.at) }
            return Transcript(
                document: transcript.document, drafted: transcript.drafted,
                confirmed: Dictionary(confirmed, uniquingKeysWith: { first, _ in first }),
                confirmed_by_judge: transcript.confirmedByJudge?.at,
                asked: transcript.objections.map { Correction(party: $0.party, correction: $0.text) })
        }
    }
}
