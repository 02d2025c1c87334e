import Procedure
import Testing

@Suite("Destroying the keys of a docket")
struct DestroyKeysTests {
    private let docket = DocketID(high: 4, low: 2)

    private func decide(_ reason: KeysDestroyed.Reason, in state: CaseState) throws -> [Act] {
        try state.decide(DestroyKeys(docket: docket, reason: reason)).map(\.act)
    }

    @Test(
        "an archived case, when its time is over or somebody lawfully orders it",
        arguments: [KeysDestroyed.Reason.retentionOver, .ordered])
    func archived(reason: KeysDestroyed.Reason) throws {
        let acts = try decide(reason, in: CaseStory.archived().state)
        #expect(acts == [.court(.keysDestroyed(KeysDestroyed(docket: docket, reason: reason)))])
    }

    @Test("a draft that nobody ever sent, under that reason alone")
    func draft() throws {
        let acts = try decide(.neverSubmitted, in: CaseState())
        #expect(acts == [.court(.keysDestroyed(KeysDestroyed(docket: docket, reason: .neverSubmitted)))])
        refuses("keys.never-submitted", .retentionOver, in: CaseState())
        refuses("keys.never-submitted", .ordered, in: CaseState())
    }

    @Test("a case that lives is kept, and so is one that is closed and not archived", arguments: Chapter.allCases)
    func living(chapter: Chapter) throws {
        let state = try chapter.told().state
        refuses("keys.was-submitted", .neverSubmitted, in: state)
        guard chapter != .archived else { return }
        refuses("keys.not-archived", .retentionOver, in: state)
        refuses("keys.not-archived", .ordered, in: state)
    }

    private func refuses(_ code: String, _ reason: KeysDestroyed.Reason, in state: CaseState) {
        do {
            _ = try decide(reason, in: state)
            Issue.record("the rules let it happen instead of refusing with \(code)")
        } catch let refusal as Refusal {
            #expect(refusal.code == code && refusal.article == nil)
        } catch {
            Issue.record(error)
        }
    }
}
