import Accounts
import Docket
import Documents
import Hummingbird
import Procedure
import Storage
import Web

/// The hearing in writing, each party at its own time (非同步审理), and its transcript (电子笔录).
///
/// - Source: Online Litigation Rules arts. 4, 7, 20, 22, 33, 34.
package struct HearingArea: Sendable {
    let registry: Registry
    let press: DocumentPress
    let files: FileStore

    package init(registry: Registry, press: DocumentPress, files: FileStore) {
        self.registry = registry
        self.press = press
        self.files = files
    }

    /// Everything a hearing says is in the docket; nothing is kept beside it.
    package static let migrations: [Migration] = []
    package var handlers: [EffectHandler] { [] }

    /// Each step has an address of its own and the page as its form, so that a refusal shows the page with what was typed.
    package func mount(on routes: inout Routes) {
        let page = HearingPage(area: self)
        routes.get("/cases/:docket/hearing", face: .both) { _, context in try await page.draw(context, .nothing) }
        for step in HearingStep.allCases {
            routes.form(
                "/cases/:docket/hearing/\(step.rawValue)", face: .both, maximumBodyBytes: 256 * 1024,
                show: { _, context, typed in try await page.draw(context, typed) },
                send: { _, context in try await take(step, context) })
        }
        let transcript = TranscriptPage(area: self)
        routes.get("/cases/:docket/transcript", face: .both) { _, context in
            try await transcript.draw(context, .nothing)
        }
        for step in TranscriptStep.allCases {
            routes.form(
                "/cases/:docket/transcript/\(step.rawValue)", face: .both,
                show: { _, context, typed in try await transcript.draw(context, typed) },
                send: { _, context in try await take(step, context) })
        }
        mountAPI(on: &routes)
        mountTranscriptAPI(on: &routes)
    }
}

/// The steps of the hearing, as they stand in their addresses.
enum HearingStep: String, CaseIterable, Sendable {
    case application, agreement, opening, phases, questions, answers, statements, end, close, recusal
    case recusalDecision = "recusal-decision"
}

/// The steps of the transcript.
enum TranscriptStep: String, CaseIterable, Sendable {
    case version, confirmation, correction
}
