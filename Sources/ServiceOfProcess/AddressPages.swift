import Accounts
import Hummingbird
import Procedure
import Web

/// `/cases/:docket/address`: where documents reach the person, and the other way, as easy.
extension ServiceArea {
    func mountAddress(on routes: inout Routes) {
        routes.form("/cases/:docket/address", face: .both, show: addressPage) { request, context in
            let docket = try context.id("docket", as: DocketID.self)
            let answer = try context.form.read { $0.choice("answer", Words("送达方式", "a way"), as: ConsentAnswer.self) }
            let notice = try context.form.read { $0.text("notice", Words("告知内容", "the notice"), max: 100) }
            switch answer {
            case .agree:
                let postal = try context.form.read {
                    $0.text("postal", Words("邮寄地址", "a postal address"), max: 200)
                }
                return Response.seeOther(
                    try await confirmAddress(
                        in: docket, postal: postal, seen: notice, by: context.person(), arrived: context.now,
                        once: Once(context)))
            case .decline:
                _ = try await answerConsent(
                    in: docket, .service, agreed: false, seen: notice, by: context.person(), arrived: context.now,
                    once: Once(context))
                return Response.seeOther("/cases/\(docket)/address")
            }
        }
        routes.api(.get, "/api/v1/cases/:docket/address", face: .both, ServiceOperations.address) { _, context in
            let (state, _) = try await self.case(context)
            return AddressJSON(
                state, try context.person().account, notices.electronicService.shown(in: context.language))
        }
        routes.api(.post, "/api/v1/cases/:docket/address", face: .both, ServiceOperations.confirm) { _, context in
            let body = try context.sent(as: AddressRequest.self)
            guard !body.postal.isEmpty, body.postal.count <= 200 else {
                throw FormErrors(
                    "postal", Words("请填写邮寄地址，最多200个字。", "Enter a postal address of at most 200 characters."))
            }
            _ = try await confirmAddress(
                in: context.id("docket"), postal: body.postal, seen: body.notice, by: context.person(),
                arrived: context.now, once: Once(context, content: "\(body.postal) \(body.notice)"))
            let (state, _) = try await self.case(context)
            return AddressJSON(
                state, try context.person().account, notices.electronicService.shown(in: context.language))
        }
    }

    @Sendable private func addressPage(_: Request, _ context: CourtContext, _ typed: Typed) async throws -> Page {
        let (state, docket) = try await self.case(context)
        let voice = context.voice
        let place = try self.place(of: context.person(), in: state, for: .confirmAddress)
        let title = Words("送达地址", "Address for service")
        let standing = self.standing(of: place, state, docket, voice)
        let canAnswer = state.closing.manner == nil
        return Page(
            voice(title), breadcrumbs: crumbs(state, docket),
            """
            <h1>\(voice(title))</h1>
            \(standing)
            <p class="lead">\(voice("法院的文书可以直接送到您在本院的账号。一到账号就算送达，期限从那天起算。", "The court can serve documents straight to your account here. They count as served on arrival, and time runs from that day."))</p>
            \(notices.electronicService.html(voice))
            \(canAnswer ? addressForm(place, state, docket, typed, context) : nil)
            """)
    }

    private func standing(of place: PartyPlace, _ state: CaseState, _ docket: DocketID, _ voice: Voice) -> HTML? {
        if let address = state.service.addresses[place.party] {
            return Notice(
                .success, title: Words("已确认", "Confirmed"),
                """
                <p>\(voice("文书送到您在本院的账号；不能电子送达的，寄到：", "Documents come to your account here; what cannot, by post to: "))\(said: address.postal)</p>
                <p><a href="/inbox">\(voice("打开收件箱", "Open the inbox"))</a> · <a href="/cases/\(docket)">\(voice("返回案件", "Back to the case"))</a></p>
                """
            ).html(voice)
        }
        guard state.participation.consents[place.party]?[.service]?.agreed == false else { return nil }
        return Notice(
            .information, title: Words("您选择了邮寄送达", "You chose post"),
            "<p>\(voice("文书将邮寄给您。随时可以改为电子送达。", "Documents come by post. You may change to electronic service at any time."))</p>"
        ).html(voice)
    }

    private func addressForm(
        _ place: PartyPlace, _ state: CaseState, _ docket: DocketID, _ typed: Typed, _ context: CourtContext
    ) -> HTML {
        let voice = context.voice
        let known = state.service.addresses[place.party]?.postal ?? place.details.address
        let fields = Fields(typed.over(Form(["postal": known])), voice)
        let digest = notices.electronicService.shown(in: voice.language).digest.rawValue
        let isConfirmed = state.service.addresses[place.party] != nil
        let agree = Button.send(
            isConfirmed ? Words("保存新的地址", "Save the new address") : Words("同意，送到我的账号", "Agree: serve me in my account"),
            voice,
            rank: .quiet, name: "answer", value: ConsentAnswer.agree.rawValue)
        let decline = Button.send(
            Words("不同意，邮寄送达", "Decline: serve me by post"), voice, rank: .quiet, name: "answer",
            value: ConsentAnswer.decline.rawValue)
        return PostForm(
            action: "/cases/\(docket)/address",
            """
            \(fields.summary)\(fields.hidden("notice", digest))
            \(fields.text(
                "postal", Words("邮寄地址", "Postal address"),
                hint: Words("不能电子送达的材料寄到这里。请核对或者改正。", "For what cannot go electronically. Check it or put it right."),
                autocomplete: "street-address", max: 200))
            \(isConfirmed ? Button.row(agree) : Button.row(agree, decline))
            """
        ).html(context)
    }
}

/// `{"postal":"…","notice":"sha256:…"}`
private struct AddressRequest: Decodable {
    let postal: String
    let notice: String
}

/// The asker's own address for service, and the notice to read before confirming one.
private struct AddressJSON: ResponseEncodable {
    struct Address: Encodable {
        let channel: String
        let postal: String
        let basis: String
    }
    struct Notice: Encodable {
        let name: String
        let version: Int
        let digest: String
    }

    let address: Address?
    let notice: Notice

    init(_ state: CaseState, _ account: AccountID, _ shown: NoticeShown) {
        let confirmed = state.parties.place(of: account).flatMap { state.service.addresses[$0.party] }
        address = confirmed.map {
            Address(channel: $0.channel.rawValue, postal: $0.postal, basis: $0.basis.rawValue)
        }
        notice = Notice(name: shown.name, version: shown.version, digest: shown.digest.rawValue)
    }
}
