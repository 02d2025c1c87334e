import Procedure
import Web

/// What the tables say about a complaint, for the clerk to judge by: jurisdiction, procedure, fee, form.
struct DeskFindings: Sendable {
    /// Nil in a court that is no Internet court, or for a cause the table does not know.
    let jurisdiction: JurisdictionFinding?
    let procedure: ProcedureChoice
    let fee: ComputedFee
    let form: [FormFinding]

    init(_ complaint: Complaint, by form: FormDefinition?, court: CourtProfile, tables: Tables, on day: CourtDay) {
        jurisdiction = complaint.jurisdictionQuestion(for: court, by: form, tables: tables, on: day).map {
            tables.internetCourts.finding(for: $0, seat: court.city.asCity)
        }
        procedure = tables.smallClaims.choice(for: complaint.procedureQuestion(for: court, on: day))
        fee = complaint.courtFee(by: tables.fees, in: procedure.procedure ?? .smallClaims)
        let isOurs = jurisdiction?.isForInternetCourt ?? true
        self.form = FilingCheck.allCases.map { FormFinding($0, complaint, isOurs: isOurs) }
    }

    /// Whether nothing was found that stands in the way of docketing here.
    var isClean: Bool { form.allSatisfy(\.isMet) && procedure.procedure == .smallClaims }
}

/// One check of form as far as the machine can make it; the clerk looks and decides.
struct FormFinding: Hashable, Sendable {
    let check: FilingCheck
    let isMet: Bool

    init(_ check: FilingCheck, _ complaint: Complaint, isOurs: Bool) {
        self.check = check
        let plaintiffs = complaint.parties.filter { $0.role == .plaintiff }.map(\.details)
        let defendants = complaint.parties.filter { $0.role == .defendant }.map(\.details)
        isMet =
            switch check {
            case .plaintiffDetails:
                !plaintiffs.isEmpty
                    && plaintiffs.allSatisfy {
                        !$0.name.isBlank && !$0.address.isBlank && !$0.telephone.isBlank && $0.residentNumber != nil
                    }
            case .definiteDefendant:
                !defendants.isEmpty && defendants.allSatisfy { !$0.name.isBlank && !$0.address.isBlank }
            case .concreteClaims:
                complaint.claims.contains { $0.kind != .costs }
                    && complaint.claims.allSatisfy { $0.kind == .costs || ($0.amount?.minorUnits ?? 0) > 0 }
            case .factsAndReasons: !complaint.facts.isBlank
            case .evidenceReadable: complaint.exhibits.allSatisfy { $0.file.bytes > 0 }
            case .withinJurisdiction: isOurs
            case .signature: complaint.signature.digest == complaint.document.digest
            }
    }
}

extension Complaint {
    /// - Parameter exclusions: what the clerk found that keeps the case out of small claims.
    func procedureQuestion(
        for court: CourtProfile, on day: CourtDay, exclusions: [SmallClaimsExclusion] = []
    ) -> ProcedureQuestion {
        var threshold: SmallClaimsThreshold?
        if let mandatory = court.smallClaimsMaximum {
            threshold = SmallClaimsThreshold(
                mandatory: mandatory, byAgreement: court.smallClaimsAgreedMaximum ?? mandatory)
        }
        return ProcedureQuestion(
            amount: sumInDispute, province: court.province, docketedOn: day, smallClaimsExclusions: exclusions,
            courtThreshold: threshold)
    }

    /// Where the case is connected, and what happened on the network, as the form asked for it.
    ///
    /// The place of receipt or the defendant's address in the court's city connects the case with it (Civil Procedure
    /// Law arts. 22, 24, Interpretation art. 20).
    ///
    /// - Returns: nil in a court that is no Internet court, and for a cause the table does not know.
    func jurisdictionQuestion(
        for court: CourtProfile, by form: FormDefinition?, tables: Tables, on day: CourtDay
    ) -> JurisdictionQuestion? {
        guard court.kind == .internet, let cause = tables.causes[cause] else { return nil }
        let seat = court.city.asCity
        let defendant = parties.first { $0.role == .defendant }?.details.address ?? ""
        let received = form?.city.flatMap { answers[$0] }.map(\.asCity)
        let isHere = received == seat || defendant.contains(seat)
        return JurisdictionQuestion(
            cause: cause, docketedOn: day, city: isHere ? seat : received ?? defendant,
            facts: Set(form?.network ?? []))
    }

    /// The acceptance fee of all money claims together.
    ///
    /// - Source: Litigation Fees Measures arts. 13, 16; Interpretation art. 201.
    func courtFee(by table: FeeTable, in procedure: TrialProcedure) -> ComputedFee {
        let sums = claims.filter { $0.kind != .costs }.compactMap(\.amount)
        let circumstances = FeeCircumstances(
            procedure: procedure == .smallClaims ? .smallClaims : procedure == .simple ? .simple : .ordinary)
        return table.count(.property(claims: sums), under: circumstances)
    }
}

extension String {
    /// 杭州 and 杭州市 are one city.
    fileprivate var asCity: String { hasSuffix("市") ? self : self + "市" }

    /// Whether there is nothing in it but space.
    var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
