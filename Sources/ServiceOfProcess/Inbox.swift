import Accounts
import Docket
import Procedure
import Storage
import Web

/// One delivery as its recipient sees it.
struct InboxItem: Sendable {
    let docket: DocketID
    let caseName: String
    let delivery: ServiceState.Delivery
    let isRead: Bool
    /// What is to be done because of it, with its reasons.
    let tasks: [Task]
    /// Why it counts as served when it does.
    let why: Explanation

    struct Task: Sendable {
        let what: Words
        let due: CourtDay
        let why: Explanation
        let path: String
        let isDone: Bool
    }
}

extension ServiceArea {
    /// Everything served on this person in any case, newest first.
    func inbox(of viewer: Viewer, now: Instant) async throws -> [InboxItem] {
        let matters = try await Matters(registry).cases(ofParty: viewer.account, limit: 1_000).rows
        let read = try await registry.store.read { try ReadTable.opened(by: viewer.account, in: $0) }
        var items: [InboxItem] = []
        for matter in matters {
            let state = try await state(of: matter.docket)
            items += self.items(of: viewer, state, matter.docket, read: read, now: now)
        }
        return items.sorted { $0.time(in: court.zone) > $1.time(in: court.zone) }
    }

    /// One delivery, marked as opened from now on.
    ///
    /// - Throws: `NotFound` unless it was served on this very person.
    func openDelivery(_ service: ServiceID, in docket: DocketID, by viewer: Viewer, now: Instant) async throws
        -> InboxItem
    {
        let state = try await matter(docket, for: viewer)
        let items = items(of: viewer, state, docket, read: [service], now: now)
        guard let item = items.first(where: { $0.delivery.service == service }) else { throw NotFound() }
        let account = viewer.account
        try await registry.store.write { try ReadTable.mark(service, by: account, at: now, in: $0) }
        return item
    }

    private func items(
        of viewer: Viewer, _ state: CaseState, _ docket: DocketID, read: Set<ServiceID>, now: Instant
    ) -> [InboxItem] {
        guard let place = state.parties.place(of: viewer.account) else { return [] }
        return state.service.deliveries.filter { $0.party == place.party && $0.arrived != nil }.map { delivery in
            InboxItem(
                docket: docket, caseName: name(of: state), delivery: delivery, isRead: read.contains(delivery.service),
                tasks: tasks(of: delivery, for: place, state, docket, now: now), why: whyServed(delivery, state))
        }
    }

    /// The dates a delivery started, as they were told; the counting behind each is explained again.
    private func tasks(
        of delivery: ServiceState.Delivery, for place: PartyPlace, _ state: CaseState, _ docket: DocketID, now: Instant
    ) -> [InboxItem.Task] {
        guard let arrived = delivery.arrived?.day(in: court.zone) else { return [] }
        let context = looking(at: now)
        let kinds = Set(delivery.documents.map(\.kind))
        var tasks: [InboxItem.Task] = []
        func add(_ step: Duty.Step, _ due: CourtDay?, _ limit: DeadlineID, isDone: Bool, path: String? = nil) {
            guard let due else { return }
            tasks.append(
                InboxItem.Task(
                    what: limit == .evidenceSmallClaims ? Words("提交证据", "Hand in evidence") : StepLink.words(step),
                    due: due, why: context.limit(limit, from: arrived).explanation,
                    path: path ?? StepLink.path(step, docket), isDone: isDone))
        }
        if kinds.contains(.feeNotice), state.fee.notice?.party == place.party {
            add(.payFee, state.fee.notice?.due, .feePrepayment, isDone: state.fee.paid != nil)
        }
        if kinds.contains(.evidenceNotice), let period = state.evidence.periods[place.party] {
            if kinds.contains(.complaint) {
                add(.answer, period.answerBy, .answerSmallClaims, isDone: state.evidence.answer != nil)
            }
            add(
                .answer, period.evidenceBy, .evidenceSmallClaims,
                isDone: state.evidence.exhibits.contains { $0.by == place.party }, path: "/cases/\(docket)/evidence")
        }
        return tasks
    }

    private func whyServed(_ delivery: ServiceState.Delivery, _ state: CaseState) -> Explanation {
        var why = Explanation()
        guard delivery.channel != .post else {
            why.add(
                "文书邮寄到您提供的地址，以回执上的签收日期为送达日期；期限从次日起算。",
                "The documents went by post to the address you gave. They count as served on the day of the receipt; periods begin the day after.",
                articles: [Article.serviceByPost.rawValue, Article.addressGiven.rawValue])
            return why
        }
        if state.service.addresses[delivery.party] != nil {
            why.add(
                "您确认了以本院账号为电子送达地址。",
                "You confirmed your account with this court as the address for electronic service.",
                articles: [Article.consentToElectronicService.rawValue, Article.addressConfirmation.rawValue])
        }
        why.add(
            "文书到达您的账号，即为送达；期限从到达之日的次日起算。是否打开阅读不影响送达。",
            "Documents are served when they reach your account; periods begin the day after. Opening them or not makes no difference.",
            articles: [Article.arrivalIsService.rawValue, Article.electronicService.rawValue])
        return why
    }
}

extension InboxItem {
    func time(in zone: CourtZone) -> Instant {
        switch delivery.arrived ?? delivery.sent {
        case .at(let instant): instant
        case .on(let day): zone.start(of: day)
        }
    }
}
