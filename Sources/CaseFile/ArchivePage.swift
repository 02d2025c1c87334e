import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// Closing the file (归档): what must be in it, what is, and the clerk's act.
struct ArchivePage: Sendable {
    let area: CaseFileArea

    func page(_ context: CourtContext, _ typed: Typed) async throws -> Page {
        let read = try await area.read(context)
        let voice = context.voice
        let missing = Set(read.state.missingForArchive)
        let tasks = ArchiveCheck.allCases.map { check in
            TaskList.Task(check.name, path: nil, state: missing.contains(check) ? .notStarted : .done)
        }
        let ready = missing.isEmpty && read.state.closing.manner != nil
        let button: HTML? =
            ready && read.state.closing.archivedAt == nil
            ? PostForm("<button class=\"button\" type=\"submit\">\(voice("归档", "Archive the case"))</button>").html(
                context) : nil
        let offer = CaseFileOffer(
            docket: read.docket, entries: try await area.visibleEntries(read), state: read.state, viewer: read.viewer)
        return Page(
            voice("归档", "Archive"), breadcrumbs: [Page.Link(Words("案件", "Case"), path: "/cases/\(read.docket)")],
            """
            <h1>\(voice("归档", "Archive"))</h1>
            \(Fields(typed, voice).summary)
            <p>\(voice("卷宗须具备下列材料（民事诉讼法司法解释第263条）。", "The file must hold the following (Interpretation art. 263)."))</p>
            \(TaskList(tasks).html(voice))\(button)
            \(offer.html(voice))
            """)
    }

    func archive(_ context: CourtContext) async throws -> Response {
        let viewer = try context.person()
        let docket: DocketID = try context.id("docket")
        try await area.registry.write(on: [docket], arrived: context.now) { transaction in
            var open = try transaction.docket(docket)
            let acting = try viewer.require(.archive, in: open.state, now: transaction.now)
            let acts = try open.state.decide(ArchiveCase(), in: transaction.context(acting))
            try transaction.enter(acts, in: &open, by: acting)
        }
        return .seeOther("/cases/\(docket)")
    }
}
