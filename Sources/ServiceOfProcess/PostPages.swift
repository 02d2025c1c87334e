import Accounts
import Docket
import Hummingbird
import Procedure
import Web

/// `/desk/service/:docket/papers` and `/deliveries/:service`: what goes by post, and the receipt that comes back.
extension ServiceArea {
    func mountPost(on routes: inout Routes) {
        routes.post("/desk/service/:docket/serve", face: .chambers) { _, context in
            let docket = try context.id("docket", as: DocketID.self)
            try await servePapers(in: docket, by: .clerk(context.person()), once: Once(context))
            return Response.seeOther("/desk/service/\(docket)")
        }
        routes.post("/desk/service/:docket/notices", face: .chambers) { _, context in
            let docket = try context.id("docket", as: DocketID.self)
            try await askForNotices(in: docket, by: context.person(), once: Once(context))
            return Response.seeOther("/desk/service/\(docket)")
        }
        routes.form("/desk/service/:docket/papers/:party", face: .chambers, show: papersPage) { _, context in
            let form = try context.form.read { reader in
                (
                    day: reader.day("day", Words("交邮日期", "the day of posting")),
                    tracking: reader.text("tracking", Words("邮件编号", "the tracking number"), max: 60)
                )
            }
            return Response.seeOther(
                try await postPapers(
                    in: context.id("docket"), to: context.id("party"), on: form.day, tracking: form.tracking,
                    by: context.person(), once: Once(context)))
        }
        routes.form("/desk/service/:docket/deliveries/:service", face: .chambers, show: deliveredPage) { _, context in
            let day = try context.form.read { $0.day("day", Words("签收日期", "the day of receipt")) }
            return Response.seeOther(
                try await recordDelivery(
                    of: context.id("service"), in: context.id("docket"), on: day, by: context.person(),
                    once: Once(context)))
        }
    }

    /// What waits for each party: sent at once where there is an electronic address, by post to whoever has none.
    func waiting(_ state: CaseState, _ docket: DocketID, _ context: CourtContext) -> HTML {
        let voice = context.voice
        let places = state.parties.places.filter { !state.papersToSend(to: $0.party).isEmpty }
        return places.map { place -> HTML in
            let papers = state.papersToSend(to: place.party).compactMap { $0.link(in: docket, voice)?.html(voice) }
            let posted = state.service.posted(to: place.party).map { letter -> HTML in
                """
                <p>\(voice("已交邮，等回执：", "Posted, receipt awaited: "))\(voice.happened(letter.sent)) · \(said: letter.tracking ?? "—") \
                <a href="/desk/service/\(docket)/deliveries/\(letter.service)">\(voice("登记邮寄回执", "Record the postal receipt"))</a></p>
                """
            }
            let byPost = Button.link(
                Words("打印并交邮", "Print and post"), voice, to: "/desk/service/\(docket)/papers/\(place.party)",
                rank: state.canBeServed(place.party) || !posted.isEmpty ? .quiet : .primary)
            let address: HTML =
                state.canBeServed(place.party)
                ? "\(voice("已确认电子送达地址。", "Has confirmed an electronic address."))"
                : "\(voice("没有确认电子送达地址，邮寄到：", "No electronic address; by post to: "))\(said: state.postalAddress(of: place.party) ?? "—")"
            return """
                <h4>\(voice(place.role.name)) \(said: place.details.name)</h4><p>\(papers.joined(separator: " · "))</p>
                <p>\(address)</p>\(posted)\(Button.row(byPost))
                """
        }.joined()
    }

    @Sendable private func papersPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (state, docket) = try await deskCase(context)
        let party: PartyID = try context.id("party")
        guard let place = state.parties.place(party), let address = state.postalAddress(of: party) else {
            throw NotFound()
        }
        let voice = context.voice
        let papers = state.papersToSend(to: party)
        guard !papers.isEmpty else { throw Refusal.nothingToServe }
        let fields = Fields(typed.over(Form(["day": context.today.rawValue])), voice)
        let title = Words("打印并交邮", "Print and post")
        return Page(
            voice(title), breadcrumbs: crumbs(ofDesk: state, docket), hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title))</h1>\(fields.summary)
            <ol>\(papers.map { "<li>\(voice("打印：", "Print: "))\($0.link(in: docket, voice)?.html(voice))</li>" as HTML })\
            <li>\(voice("寄往：", "Send to: "))\(said: place.details.name)，\(said: address)</li></ol>
            <p>\(voice("以回执上的签收日期为送达日期。", "It counts as served on the day the receipt shows.")) \(ArticleLink(.serviceByPost).html(voice))</p>
            \(PostForm("""
                \(fields.day("day", Words("交邮日期", "Day of posting"), latest: context.today))
                \(fields.text("tracking", Words("邮件编号", "Tracking number"), size: 20, max: 60))
                \(Button.row(Button.send(Words("登记已交邮", "Record the posting"), voice)))
                """).html(context))
            """)
    }

    @Sendable private func deliveredPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (state, docket) = try await deskCase(context)
        let service: ServiceID = try context.id("service")
        guard let letter = state.service.deliveries.first(where: { $0.service == service && $0.channel == .post })
        else { throw NotFound() }
        let voice = context.voice
        let fields = Fields(typed.over(Form(["day": context.today.rawValue])), voice)
        let title = Words("登记邮寄回执", "Record the postal receipt")
        let names = voice.list(letter.documents.map { voice($0.kind.name) })
        return Page(
            voice(title), breadcrumbs: crumbs(ofDesk: state, docket), hasErrors: typed.hasErrors,
            """
            <h1>\(voice(title))</h1>\(fields.summary)
            <p>\(said: names) · \(voice("邮件编号", "Tracking number")) \(said: letter.tracking ?? "—") · \(voice("交邮", "posted")) \(voice.happened(letter.sent))</p>
            <p>\(voice("从送达起算的期限，自签收次日开始。", "Periods that count from service begin the day after the receipt.")) \(ArticleLink(.serviceByPost).html(voice))</p>
            \(PostForm("""
                \(fields.day("day", Words("签收日期", "Day of receipt"), latest: context.today))
                \(Button.row(Button.send(Words("登记已收到", "Record the receipt"), voice)))
                """).html(context))
            """)
    }

    func crumbs(ofDesk state: CaseState, _ docket: DocketID) -> [Page.Link] {
        [
            Page.Link(Words("送达", "Service of process"), path: "/desk/service"),
            Page.Link(Words(name(of: state), name(of: state)), path: "/desk/service/\(docket)"),
        ]
    }
}
