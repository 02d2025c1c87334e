import Docket
import Hummingbird
import Procedure
import Web

/// One answer in the matrix of people and stages, with what it rests on.
struct ConsentCell: Hashable, Sendable {
    let stage: Stage
    let agreed: Bool
    let at: Happened
    let basis: Words
}

/// A person's row of it.
struct ConsentRow: Sendable {
    let place: PartyPlace
    let cells: [Stage: ConsentCell]
}

extension ServiceArea {
    /// Who agreed to what, read from the docket. Choosing to file online is itself the answer for filing.
    ///
    /// - Source: Online Litigation Rules art. 4.
    func consentRows(_ state: CaseState, _ docket: DocketID) async throws -> [ConsentRow] {
        var confirmed: [PartyID: Happened] = [:]
        let unanswered = state.service.addresses.keys.contains { state.participation.consents[$0]?[.service] == nil }
        if unanswered {
            for opened in try await registry.entries(of: docket) {
                if case .service(.addressConfirmed(let body)) = opened.entry.act {
                    confirmed[body.party] = opened.entry.happened
                }
            }
        }
        return state.parties.places.map { place in
            var cells: [Stage: ConsentCell] = [:]
            if place.role == .plaintiff, let submitted = state.filing.submitted {
                cells[.filing] = ConsentCell(
                    stage: .filing, agreed: true, at: submitted, basis: Words("本人选择在线立案", "chose to file online"))
            }
            if let at = confirmed[place.party] {
                cells[.service] = ConsentCell(
                    stage: .service, agreed: true, at: at, basis: Words("确认了电子送达地址", "confirmed an electronic address"))
            }
            for (stage, answer) in state.participation.consents[place.party] ?? [:] {
                cells[stage] = ConsentCell(
                    stage: stage, agreed: answer.agreed, at: answer.at,
                    basis: Words("告知书第\(answer.notice.version)版", "notice, version \(answer.notice.version)"))
            }
            return ConsentRow(place: place, cells: cells)
        }
    }
}

/// The rows as the component draws them: filing, what is asked, service, and whatever else was answered.
struct ConsentTable: Sendable {
    let rows: [ConsentRow]
    let zone: CourtZone

    func matrix(_ voice: Voice) -> ConsentMatrix {
        let always = [Stage.filing] + ServiceArea.askedStages + [.service]
        let stages = Stage.allCases.filter { stage in
            always.contains(stage) || rows.contains { $0.cells[stage] != nil }
        }
        return ConsentMatrix(
            stages: stages.map(\.name),
            people: rows.map { row in
                (
                    name: row.place.details.name, role: row.place.role.name,
                    answers: stages.map { answer(row.cells[$0]) }
                )
            })
    }

    private func answer(_ cell: ConsentCell?) -> ConsentMatrix.Answer {
        guard let cell else { return .open }
        let day = cell.at.day(in: zone)
        return cell.agreed ? .agreed(on: day, basis: cell.basis) : .declined(on: day)
    }
}

/// The matrix for programs.
struct ConsentsJSON: ResponseEncodable, Sendable {
    struct Person: Encodable, Sendable {
        let party: PartyID
        let role: String
        let offline: Bool
        let answers: [Answer]
    }
    struct Answer: Encodable, Sendable {
        let stage: Stage
        let agreed: Bool
        let at: Happened
        let basis: String
        let basis_zh: String
    }

    let people: [Person]

    init(_ state: CaseState, _ rows: [ConsentRow]) {
        people = rows.map { row in
            Person(
                party: row.place.party, role: row.place.role.rawValue,
                offline: state.participation.offline[row.place.party] != nil,
                answers: row.cells.values.sorted { $0.stage.rawValue < $1.stage.rawValue }.map {
                    Answer(
                        stage: $0.stage, agreed: $0.agreed, at: $0.at, basis: $0.basis.en, basis_zh: $0.basis.zh)
                })
        }
    }
}
