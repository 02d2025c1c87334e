import Procedure

/// What a simulated case is about, all of it from the seed: people, goods, sums, the day it is docketed.
struct SimulationPlan: Sendable {
    let buyer, seller: SimulatedParty
    let dispute: SimulationWords.Dispute
    let price, compensation: Money
    let refundClaim, compensationClaim, costsClaim: ClaimID
    /// Whether the court asks once for a correction.
    let isCorrected: Bool
    let docketedOn: CourtDay

    /// - Parameters:
    ///   - buyer: who sues, where it is somebody in particular.
    ///   - seller: who is sued, likewise.
    ///   - isCorrected: nil leaves it to the seed.
    init(
        docketedOn: CourtDay, buyer: SimulatedParty? = nil, seller: SimulatedParty? = nil, isCorrected: Bool? = nil,
        random: inout SimulationRandom
    ) {
        self.docketedOn = docketedOn
        self.buyer = buyer ?? SimulatedParty(shop: nil, random: &random)
        self.seller = seller ?? SimulatedParty(shop: random.one(of: SimulationWords.shops), random: &random)
        dispute = SimulationWords.dispute(&random)
        let yuan = Int64(random.number(39...6_800))
        price = .yuan(yuan)
        // Three times the price, and 500 yuan at least (Consumer Protection Law art. 55).
        compensation = .yuan(max(3 * yuan, 500))
        refundClaim = random.id()
        compensationClaim = random.id()
        costsClaim = random.id()
        let chance = random.once(in: 6)
        self.isCorrected = isCorrected ?? chance
    }

    var claims: [Claim] {
        [
            Claim(
                claim: refundClaim, kind: .refund, text: "判令被告退还货款\(price.decimalText)元", amount: price),
            Claim(
                claim: compensationClaim, kind: .compensation,
                text: "判令被告支付赔偿\(compensation.decimalText)元", amount: compensation),
            Claim(claim: costsClaim, kind: .costs, text: "诉讼费用由被告负担", amount: nil),
        ]
    }

    var facts: String {
        "\(orderedOn)，原告在被告经营的网店“\(seller.shop ?? "")”购买\(dispute.goods)，价款\(price.decimalText)元，"
            + "商品页面写明\(dispute.promised)；收货后发现\(dispute.found)，被告拒绝退款。"
    }

    /// As the form would have asked for it.
    private var answers: [String: String] {
        [
            "platform": "演示商城", "order_number": "\(orderedOn.rawValue.filter(\.isNumber))-\(price.minorUnits)",
            "item": dispute.goods, "ordered_on": orderedOn.rawValue, "price": price.decimalText,
            "receipt_city": "演示市",
        ]
    }

    var orderedOn: CourtDay { docketedOn.adding(days: -60) }

    func place(_ party: SimulatedParty, _ role: PartyPlace.Role, address: String? = nil) -> PartyPlace {
        PartyPlace(
            party: party.party, role: role, ordinal: 1,
            details: PartyDetails(
                name: party.name, residentNumber: role == .plaintiff ? party.residentNumber : nil,
                address: address ?? party.address, telephone: party.telephone, tradeName: party.shop))
    }

    func complaint(_ document: DocumentReference, exhibits: [OfferedExhibit], signature: Signature) -> Complaint {
        Complaint(
            cause: "C088.08", parties: [place(buyer, .plaintiff), place(seller, .defendant)], claims: claims,
            facts: facts, answers: answers, form: "online-shopping/1",
            exhibits: exhibits, document: document, signature: signature)
    }
}

/// A made-up person who is a party. Unless somebody in particular, has an account id and no account.
struct SimulatedParty: Sendable {
    let party: PartyID
    let account: AccountID
    let name, residentNumber, address, telephone: String
    let shop: String?

    init(shop: String?, random: inout SimulationRandom) {
        party = random.id()
        account = random.id()
        name = SimulationWords.name(&random)
        residentNumber = SimulationWords.residentNumber(&random)
        address = SimulationWords.address(&random)
        telephone = SimulationWords.telephone(&random)
        self.shop = shop
    }

    /// Somebody in particular, who has an account.
    init(
        account: AccountID, name: String, residentNumber: String, telephone: String, shop: String?,
        random: inout SimulationRandom
    ) {
        party = random.id()
        self.account = account
        self.name = name
        self.residentNumber = residentNumber
        self.telephone = telephone
        address = SimulationWords.address(&random)
        self.shop = shop
    }

    var acting: Acting { Acting(account: account, capacity: .party, party: party) }
}

/// The court's people in simulated cases; those of a seed are the same in all its cases.
struct SimulatedStaff: Sendable {
    let filingClerk, clerk: Acting
    let bench: [(account: AccountID, name: String)]

    init(seed: UInt64) {
        var random = SimulationRandom(seed: seed)
        filingClerk = Acting(account: random.id(), capacity: .filingClerk)
        clerk = Acting(account: random.id(), capacity: .clerk)
        var bench: [(account: AccountID, name: String)] = []
        for _ in 0..<8 { bench.append((random.id(), SimulationWords.name(&random))) }
        self.bench = bench
    }

    init(filingClerk: AccountID, clerk: AccountID, bench: [(account: AccountID, name: String)]) {
        self.filingClerk = Acting(account: filingClerk, capacity: .filingClerk)
        self.clerk = Acting(account: clerk, capacity: .clerk)
        self.bench = bench
    }
}
