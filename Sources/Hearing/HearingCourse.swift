import Docket
import Procedure

/// How the hearing went phase by phase, read from the docket: when each began, and its last day.
struct HearingCourse: Sendable {
    struct Held: Sendable {
        let phase: HearingPhase
        let opened: Happened
        let until: CourtDay
    }

    let held: [Held]

    init(_ entries: [OpenedEntry]) {
        held = entries.compactMap { opened in
            switch opened.entry.act {
            case .hearing(.opened(let body)):
                Held(phase: .preparation, opened: opened.entry.happened, until: body.until)
            case .hearing(.phaseOpened(let body)):
                Held(phase: body.phase, opened: opened.entry.happened, until: body.until)
            default: nil
            }
        }
    }

    subscript(phase: HearingPhase) -> Held? { held.first { $0.phase == phase } }
}
