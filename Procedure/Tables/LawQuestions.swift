import Foundation
import Procedure

/// The calculators for fees and limits, as JSON in and JSON out (诉讼费和期间计算).
public struct LawQuestions: Sendable {
    let tables: Tables

    public init(tables: Tables) { self.tables = tables }

    static func fields(of json: Data) throws(LawQuestionProblem) -> QuestionFields {
        guard json.count <= 65_536 else { throw .tooLong }
        do {
            return try QuestionFields(StrictJSON(parsing: json))
        } catch let problem as LawQuestionProblem {
            throw problem
        } catch {
            throw .malformed
        }
    }
}
