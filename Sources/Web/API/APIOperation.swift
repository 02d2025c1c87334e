import HTTPTypes
import Hummingbird

/// What the description says of a route for programs beyond its entry in the list: a sentence, what it takes, what it
/// answers. Requests are held to it before the handler runs.
package struct APIOperation: Hashable, Sendable {
    package enum Body: Hashable, Sendable {
        case nothing
        case json(Shape)
        /// JSON in which a number may have a decimal point; it is read as the text it was written as.
        case decimalJSON(Shape)
        /// Bytes of an upload, in this media type.
        case bytes(mediaType: String)

        var shape: Shape? {
            switch self {
            case .json(let shape), .decimalJSON(let shape): shape
            case .nothing, .bytes: nil
            }
        }
    }

    package struct Parameter: Hashable, Sendable {
        package let name: String
        package let about: String
        package let isRequired: Bool
        package let shape: Shape

        package init(_ name: String, _ shape: Shape, isRequired: Bool = false, _ about: String) {
            self.name = name
            self.about = about
            self.isRequired = isRequired
            self.shape = shape
        }
    }

    package let summary: String
    package let takes: Body
    /// Nil: the answer has no body.
    package let answers: Shape?
    package let status: HTTPResponse.Status
    package let headers: [Parameter]
    /// Parameters of the query.
    package let asks: [Parameter]
    /// What a 409 tells of the newer version, where that is more than a problem.
    package let conflict: Shape?
    /// Statuses of problems that only this route has.
    package let problems: [Int]

    package init(
        _ summary: String, takes: Body = .nothing, answers: Shape?, status: HTTPResponse.Status = .ok,
        headers: [Parameter] = [], asks: [Parameter] = [], conflict: Shape? = nil, problems: [Int] = []
    ) {
        self.summary = summary
        self.takes = takes
        self.answers = answers
        self.status = status
        self.headers = headers
        self.asks = asks
        self.conflict = conflict
        self.problems = problems
    }
}

extension Routes {
    /// A route for programs, with what the description says of it.
    ///
    /// - Parameter maximumBodyBytes: nil for 1 MiB.
    package mutating func api<Answer: ResponseGenerator>(
        _ method: HTTPRequest.Method, _ template: String, face: Face, access: Route.Access = .signedIn,
        origin: Route.Origin = .ownPage, maximumBodyBytes: Int? = nil, _ operation: APIOperation,
        _ handler: @escaping @Sendable (Request, CourtContext) async throws -> Answer
    ) {
        on(
            method, template, face: face, kind: .api, access: access, origin: origin,
            maximumBodyBytes: maximumBodyBytes, operation: operation, handler)
    }
}
