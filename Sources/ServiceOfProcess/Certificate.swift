import Docket
import Documents
import Procedure
import Storage

/// The certificate of an electronic service (电子送达凭证), with the force of a proof of service.
///
/// - Source: Online Litigation Rules art. 31; fields as in the table of service.
struct Certificate: Sendable {
    let court: CourtProfile
    let number: String
    let recipient: PartyPlace
    let delivery: ServiceState.Delivery
    let arrived: Happened
    let address: AddressConfirmed?
    let today: CourtDay

    private var voice: ChineseTimes { ChineseTimes(zone: court.zone) }

    var document: LegalDocument {
        LegalDocument(
            title: DocumentKind.serviceCertificate.name.zh, court: court.name.zh, caseNumber: number,
            textSize: .compact,
            blocks: [
                .fields([
                    .init("案号", number), .init("受送达人", "\(recipient.role.name.zh) \(recipient.details.name)"),
                    .init("送达方式", "电子送达"), .init("送达地址", "受送达人在本院的诉讼平台账号"),
                    .init("发送时间", voice.text(delivery.sent)), .init("到达时间", voice.text(arrived)),
                    .init("依据", basis), .init("送达编号", delivery.service.rawValue),
                ]),
                .table(
                    .init(
                        caption: "送达的文书", header: ["文书名称", "摘要值（SHA-256）"],
                        rows: delivery.documents.map { [$0.kind.name.zh, $0.digest?.hex ?? "—"] })),
                .note(
                    text: "送达信息到达受送达人确认的电子地址所在系统时，即为送达；是否阅知不影响送达的效力。"
                        + "本凭证依据《人民法院在线诉讼规则》第三十一条制作，具有送达回证效力。"),
                .signature(.init(lines: [court.name.zh], date: today)),
            ])
    }

    private var basis: String {
        guard let address else { return "—" }
        return switch address.basis {
        case .clearStatement: "受送达人明确表示同意电子送达（告知书第\(address.notice.version)版）"
        case .priorAgreement: "受送达人诉讼前约定或者承诺接受电子送达"
        case .addressInPapers: "受送达人在诉讼材料中提供了电子送达地址"
        case .conduct: "受送达人接受了已经完成的电子送达，且未明确表示不同意"
        }
    }
}

/// Times as documents write them, to the second where an instant is known.
struct ChineseTimes: Sendable {
    let zone: CourtZone

    func text(_ happened: Happened) -> String {
        let day = ChineseDays().day(happened.day(in: zone))
        guard case .at(let instant) = happened else { return day }
        let seconds = Int((instant.milliseconds / 1_000) % 60)
        return "\(day) \(zone.clock(of: instant)):\(seconds < 10 ? "0" : "")\(seconds)"
    }
}

extension ServiceArea {
    /// Makes the certificate of one service, or of every arrived one of the docket that lacks it. Made before, or not
    /// there to be made, it does nothing.
    func certify(_ service: ServiceID?, in docket: DocketID) async throws {
        let state = try await state(of: docket)
        let missing = state.service.deliveries.filter { delivery in
            // By post the receipt is the proof.
            delivery.channel != .post && delivery.arrived != nil && delivery.certificate == nil
                && (service == nil || delivery.service == service)
        }
        for delivery in missing { try await certify(delivery, state, in: docket) }
    }

    private func certify(_ delivery: ServiceState.Delivery, _ state: CaseState, in docket: DocketID) async throws {
        guard let arrived = delivery.arrived, let recipient = state.parties.place(delivery.party) else { return }
        let now = registry.clock.now
        let certificate = Certificate(
            court: court, number: name(of: state), recipient: recipient, delivery: delivery, arrived: arrived,
            address: state.service.addresses[delivery.party], today: court.zone.day(of: now))
        let pressed = try await press.press(
            certificate.document, .serviceCertificate, in: docket, drawnAt: now, stamped: true)
        try await registry.write(on: [docket]) { t in
            var open = try t.docket(docket)
            let (acting, channel) = try Server.machine.acting(in: open.state, now: t.now)
            let command = CertifyService(service: delivery.service, certificate: pressed.reference)
            let acts = try open.state.decide(command, in: t.context(acting))
            guard !acts.isEmpty else { return }
            try t.enter(acts, in: &open, by: acting, channel: channel)
            try press.record(pressed, at: t.now, in: t.storage)
        }
    }
}
