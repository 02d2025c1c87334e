import Accounts
import Docket
import Foundation
import Procedure
import Proofs
import Storage
import Web

/// The case page (案件页面): what happens next, who is in it, and the docket as a timeline with its proofs.
struct CasePage: Sendable {
    let area: CaseFileArea

    func page(_ context: CourtContext) async throws -> Page {
        let read = try await area.read(context)
        let entries = try await area.visibleEntries(read)
        let voice = context.voice
        let state = read.state
        let law = lawContext(context)
        let title = MatterTitle.of(state)
        let number = state.filing.docketed?.number.rawValue
        let body: HTML = """
            <h1>\(said: title)</h1>
            <p class="meta">\(number.map { "<span class=\"number\">\($0)</span> · " as HTML })\(voice(state.phase.name))\(cause(state, voice))</p>
            \(Phases(Self.road.map(\.name), current: Self.place(of: state.phase)).html(voice))
            \(Region("next", next(read, law, voice)).html)
            <h2>\(voice("当事人", "Parties"))</h2>
            \(parties(read, voice))
            \(bench(read, voice))
            \(claims(state, voice))
            <h2 id="docket">\(voice("卷宗", "Docket"))</h2>
            <p class="hint">\(voice("每一步都记录在卷宗里，不会被改动。点右侧的印记，可查看它的存证。", "Every step is in the docket and is never changed. The mark beside it shows its proof."))</p>
            \(Region("docket", docket(entries, read, context)).html)
            \(CaseFileOffer(docket: read.docket, entries: entries, state: state, viewer: read.viewer).html(voice))
            \(offline(context, voice))
            """
        return Page(
            title, width: .wide, breadcrumbs: [crumb(read)],
            following: read.docket, body)
    }

    /// The stations every case passes, as the progress bar shows them.
    private static let road: [CasePhase] = [
        .submitted, .docketed, .exchange, .hearing, .deliberation, .judged, .archived,
    ]

    private static func place(of phase: CasePhase) -> Int {
        switch phase {
        case .closed: road.count - 1
        case .archived: road.count
        default: road.lastIndex { $0 <= phase } ?? 0
        }
    }

    private func lawContext(_ context: CourtContext) -> Context {
        Context(
            now: context.now, court: area.registry.court, tables: area.registry.tables,
            acting: Acting(account: AccountID(high: 0, low: 0), capacity: .court))
    }

    private func crumb(_ read: ReadCase) -> Page.Link {
        read.viewer.isStaff
            ? Page.Link(Words("工作台", "Desk"), path: "/desk") : Page.Link(Words("我的案件", "My cases"), path: "/cases")
    }

    private func cause(_ state: CaseState, _ voice: Voice) -> HTML? {
        guard let id = state.filing.complaint?.cause, let cause = area.registry.tables.causes[id] else { return nil }
        return " · \(voice(cause.words))"
    }

    // MARK: What happens next

    private func next(_ read: ReadCase, _ law: Context, _ voice: Voice) -> HTML {
        let duties = read.state.duties(in: law)
        let mine = duties.filter { isMine($0, read) }
        let others = duties.filter { !isMine($0, read) }
        var html: HTML = "<h2>\(voice("接下来", "What happens next"))</h2>"
        if duties.isEmpty {
            let done = read.state.phase == .archived
            html += Notice(
                .information,
                "<p>\(done ? voice("本案已归档。", "The case is archived.") : voice("暂时没有需要任何人办理的事项。", "Nothing is waiting for anyone just now."))</p>"
            ).html(voice)
        }
        for duty in mine {
            html += """
                <div class="next mine"><p><strong>\(voice("轮到您", "Your turn"))\(voice("：", ": "))\(voice(StepLink.words(duty.step)))</strong></p>
                \(chip(duty, read, law, voice))
                <p><a class="button" href="\(StepLink.path(duty.step, read.docket))">\(voice(StepLink.words(duty.step)))</a></p></div>

                """
        }
        for duty in others {
            html += """
                <div class="next"><p>\(voice("等待", "Waiting for")) \(voice(owner(duty, read.state)))：\(voice(StepLink.words(duty.step)))</p>
                \(chip(duty, read, law, voice))</div>

                """
        }
        return html
    }

    private func isMine(_ duty: Duty, _ read: ReadCase) -> Bool {
        switch duty.owner {
        case .party(let party): read.place?.party == party
        case .judge(let judge): read.viewer.account == judge
        case .anyJudge: read.viewer.offices.contains(.judge)
        case .clerk: read.viewer.offices.contains(.clerk)
        case .filingClerk: read.viewer.offices.contains(.filingClerk)
        case .president: read.viewer.offices.contains(.president)
        }
    }

    private func owner(_ duty: Duty, _ state: CaseState) -> Words {
        switch duty.owner {
        case .party(let party): state.parties.place(party)?.role.name ?? Words("当事人", "a party")
        case .judge: Words("法官", "the judge")
        case .anyJudge: Words("法官", "a judge")
        case .clerk: Words("书记员", "the court clerk")
        case .filingClerk: Words("立案人员", "the filing clerk")
        case .president: Words("院长", "the court president")
        }
    }

    private func chip(_ duty: Duty, _ read: ReadCase, _ law: Context, _ voice: Voice) -> HTML? {
        guard let due = duty.due else { return nil }
        return DeadlineChip(
            StepLink.words(duty.step), owner: owner(duty, read.state), began: nil, due: due, today: law.today,
            isProvisional: duty.isProvisional, explanation: duty.why
        ).html(voice)
    }

    // MARK: Who and what

    private func parties(_ read: ReadCase, _ voice: Voice) -> HTML {
        let cards = read.state.parties.places.map { place -> HTML in
            var lines: [HTML] = []
            if let trade = place.details.tradeName { lines.append("\(said: trade)") }
            if read.state.participation.offline[place.party] != nil {
                lines.append("\(voice("线下参加", "takes part offline"))")
            } else if read.state.parties.filledBy[place.party] == nil {
                lines.append("\(voice("尚未关联案件", "has not linked the case yet"))")
            }
            return PartyCard(
                role: place.role.name, name: place.details.name, lines: lines,
                isViewer: read.place?.party == place.party
            ).html(voice)
        }
        return "<div class=\"parties\">\(cards)</div>"
    }

    /// Who sits, and for a party where to ask that another judge take the case, as long as it may.
    ///
    /// - Source: Civil Procedure Law arts. 48, 131.
    private func bench(_ read: ReadCase, _ voice: Voice) -> HTML? {
        guard let draw = read.state.filing.currentDraw, let name = draw.drawnName else { return nil }
        guard !read.state.awaitsJudge else {
            return "<p>\(voice(Refusal.recusalUpheld.reason))</p>"
        }
        let isOpen =
            read.viewer.may(.askRecusal, in: read.state) && read.state.hearing.pendingRecusal == nil
            && read.state.isOpenToRecusal
        let ask: HTML? =
            isOpen
            ? " · <a href=\"/cases/\(read.docket)/hearing#recusal\">\(voice("申请回避", "Ask that the judge step aside"))</a>"
            : nil
        return "<p>\(voice("承办法官：", "The judge of the case: "))\(said: name)\(ask)</p>"
    }

    private func claims(_ state: CaseState, _ voice: Voice) -> HTML? {
        guard let complaint = state.filing.complaint else { return nil }
        let rows = complaint.claims.map { claim -> HTML in
            "<li>\(said: voice(claim.words))\(claim.amount.map { " <strong class=\"sum\">\(voice.money($0))</strong>" as HTML })</li>"
        }
        return """
            <h2>\(voice("诉讼请求", "Claims"))</h2>
            <ol class="claims">\(rows)</ol>

            """
    }

    // MARK: The docket

    /// The newest first, a page of them at a time; earlier ones by links that need no script.
    private func docket(_ entries: [OpenedEntry], _ read: ReadCase, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let pages = TimelinePages(count: entries.count, asked: context.query["entries"])
        let shown = pages.shown.reversed().map { entry(entries[$0], read, voice) }
        let place = "/cases/\(read.docket)"
        func link(_ last: Int?, _ words: Words) -> HTML? {
            last.map { "<a class=\"button quiet\" href=\"\(place)?entries=\($0)#docket\">\(voice(words))</a>" }
        }
        let range = "\(pages.shown.lowerBound + 1)–\(pages.shown.upperBound)"
        let count: HTML? =
            pages.isOne
            ? nil
            : """
            <p class="meta">\(voice("共\(entries.count)条，这里是第\(range)条，最新的在前。", "Entries \(range) of \(entries.count), the newest first."))</p>

            """
        let links = [
            link(pages.later, Words("较新的记载", "Later entries")), link(pages.earlier, Words("更早的记载", "Earlier entries")),
        ].compactMap(\.self)
        return """
            \(count)\(Timeline(shown).html(voice))\(links.isEmpty ? nil : "<p class=\"actions\">\(links.joined(separator: " "))</p>")
            """
    }

    private func entry(_ opened: OpenedEntry, _ read: ReadCase, _ voice: Voice) -> Timeline.Entry {
        let entry = opened.entry
        let author = entry.author(in: read.state)
        return Timeline.Entry(
            number: entry.number, id: entry.id, act: ActWords.words(entry.act),
            by: [voice(author.role), author.name].compactMap(\.self).joined(separator: " "),
            channel: entry.channel, happened: entry.happened, documents: documents(entry, read, voice),
            proof: "/cases/\(read.docket)/entries/\(entry.id)")
    }

    private func documents(_ entry: Entry, _ read: ReadCase, _ voice: Voice) -> [DocumentLink] {
        let withheld = DocketView.notGiven(by: entry, to: read.viewer, in: read.state)
        return entry.act.documents.compactMap { document in
            guard let file = document.files.first, !withheld.contains(file.digest) else { return nil }
            return DocumentLink(
                voice(document.kind.name), path: "/files/\(read.docket)/\(file.file)", bytes: file.bytes, kind: "PDF")
        }
    }

    private func offline(_ context: CourtContext, _ voice: Voice) -> HTML {
        let court = area.registry.court
        return Disclosure(
            Words("不想在线办理？", "Would you rather not do this online?"),
            """
            <p>\(voice("在线是您的选择，不在线不会失去任何权利。可到立案窗口办理：", "Online is your choice; not using it costs no right. You can come to the counter: "))\
            \(voice(court.address))，\(voice(court.counterHours))，\(court.telephone)</p>
            """
        ).html(voice)
    }
}
