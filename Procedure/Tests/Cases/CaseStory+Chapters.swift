import Procedure
import Testing

// The case as far as a test needs it; each chapter goes on from the one before.
extension CaseStory {
    static func submitted() throws -> CaseStory {
        var story = CaseStory.onlineShopping()
        try story.submit(on: "2026-03-02")
        return story
    }

    static func docketed() throws -> CaseStory {
        var story = try submitted()
        try story.docket(on: "2026-03-04")
        return story
    }

    /// The plaintiff takes part online and was told what to pay by 11 March.
    static func feeNoticed() throws -> CaseStory {
        var story = try docketed()
        try story.agreeToStages(.plaintiff)
        try story.confirmAddress(.plaintiff)
        try story.serveDocketingNotices()
        return story
    }

    /// The fee is paid, and the letter to the defendant arrived on 9 March; it is answered until 20 March.
    static func invited(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try feeNoticed()
        try story.invite(on: "2026-03-05")
        try story.post()
        try story.pay(fee, on: "2026-03-06")
        try story.receiveInvitation(onDay: "2026-03-09", on: "2026-03-10")
        return story
    }

    /// The defendant linked the case and takes part online.
    static func joined(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try invited(paying: fee)
        try story.link(on: "2026-03-11")
        try story.agreeToStages(.defendant)
        try story.confirmAddress(.defendant, postal: "义乌市演示街88号")
        return story
    }

    /// The complaint reached the defendant on 12 March.
    static func served(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try joined(paying: fee)
        try story.serveComplaint(on: "2026-03-12")
        return story
    }

    static func answered(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try served(paying: fee)
        try story.answer(on: "2026-03-18")
        return story
    }

    /// The exchange is open until 27 March.
    static func exchanging(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try answered(paying: fee)
        try story.openExchange(on: "2026-03-20")
        return story
    }

    static func exchanged(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try exchanging(paying: fee)
        try story.opine(.defendant, on: .order, on: "2026-03-23")
        try story.opine(.defendant, on: .report)
        try story.opine(.plaintiff, on: .shopPage)
        try story.closeExchange(on: "2026-03-24")
        return story
    }

    /// Every exhibit found on, and both parties want the hearing in writing.
    static func readyForHearing(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try exchanged(paying: fee)
        for exhibit in [ExhibitID.order, .report, .shopPage] {
            try story.findForm(exhibit)
            try story.find(exhibit)
        }
        try story.applyForWriting(on: "2026-03-25")
        try story.answerWriting(on: "2026-03-26")
        return story
    }

    /// Preparation, until 30 March.
    static func hearing(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try readyForHearing(paying: fee)
        try story.openHearing(on: "2026-03-27")
        return story
    }

    /// The hearing as far as this phase, with a window of a few days.
    static func hearing(in phase: HearingPhase, paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try hearing(paying: fee)
        if phase >= .investigation { try story.openPhase(.investigation, until: "2026-04-03", on: "2026-03-31") }
        if phase >= .debate {
            for person in [Person.plaintiff, .defendant] { try story.state(person) }
            try story.openPhase(.debate, until: "2026-04-10", on: "2026-04-07")
        }
        if phase >= .finalStatements {
            for person in [Person.plaintiff, .defendant] { try story.state(person) }
            try story.openPhase(.finalStatements, until: "2026-04-14", on: "2026-04-11")
        }
        return story
    }

    static func heard(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try hearing(in: .finalStatements, paying: fee)
        for person in [Person.plaintiff, .defendant] { try story.state(person) }
        try story.closeHearing(on: "2026-04-14")
        return story
    }

    /// The record is drawn and may be read until 20 April, 19 April being a Sunday.
    static func transcribed(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try heard(paying: fee)
        try story.draftTranscript()
        return story
    }

    static func transcriptConfirmed(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try transcribed(paying: fee)
        for person in [Person.plaintiff, .defendant, .judge] { try story.confirmTranscript(person) }
        return story
    }

    static func judged(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try transcriptConfirmed(paying: fee)
        try story.signJudgment(on: "2026-04-16")
        try story.pronounce()
        return story
    }

    /// The judgment reached both and is final.
    static func closed(paying fee: Money = .yuan(25)) throws -> CaseStory {
        var story = try judged(paying: fee)
        try story.serve([.judgment], on: .plaintiff)
        try story.serve([.judgment], on: .defendant, on: "2026-04-17")
        return story
    }

    static func archived() throws -> CaseStory {
        var story = try closed()
        try story.certifyEverything(on: "2026-04-20")
        try story.archive()
        return story
    }
}

/// How far a case has come, for tests that look at each.
enum Chapter: String, CaseIterable, CustomTestStringConvertible {
    case submitted, docketed, feeNoticed, invited, joined, served, answered, exchanging, exchanged, readyForHearing
    case hearing, debate, heard, transcribed, transcriptConfirmed, judged, closed, archived

    func told() throws -> CaseStory {
        switch self {
        case .submitted: try .submitted()
        case .docketed: try .docketed()
        case .feeNoticed: try .feeNoticed()
        case .invited: try .invited()
        case .joined: try .joined()
        case .served: try .served()
        case .answered: try .answered()
        case .exchanging: try .exchanging()
        case .exchanged: try .exchanged()
        case .readyForHearing: try .readyForHearing()
        case .hearing: try .hearing()
        case .debate: try .hearing(in: .debate)
        case .heard: try .heard()
        case .transcribed: try .transcribed()
        case .transcriptConfirmed: try .transcriptConfirmed()
        case .judged: try .judged()
        case .closed: try .closed()
        case .archived: try .archived()
        }
    }

    var testDescription: String { rawValue }
}
