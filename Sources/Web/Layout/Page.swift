import Hummingbird
import Procedure

/// A whole page: what stands in `main`, and how the frame around it should be.
///
/// Return it from a handler; the pipeline draws it in the language, size and theme of the request.
package struct Page: Sendable {
    package struct Link: Hashable, Sendable {
        package let words: Words
        package let path: String
        /// How much waits there; shown as a number beside the words.
        package let count: Int?

        package init(_ words: Words, path: String, count: Int? = nil) {
            self.words = words
            self.path = path
            self.count = count
        }
    }

    package enum Width: String, Sendable {
        /// One column of reading width: pages for parties, documents.
        case reading
        /// The whole screen: desks, split views.
        case wide
    }

    package var title: String
    package var body: HTML
    package var width: Width
    package var breadcrumbs: [Link]
    package var status: HTTPResponse.Status
    /// Puts "Error:" before the title.
    package var hasErrors: Bool
    /// The docket whose changes the page follows.
    package var following: DocketID?
    /// Where the language and size switches lead when this page cannot be fetched again by GET.
    package var place: String?

    package init(
        _ title: String, width: Width = .reading, breadcrumbs: [Link] = [], status: HTTPResponse.Status = .ok,
        hasErrors: Bool = false, following: DocketID? = nil, place: String? = nil, _ body: HTML
    ) {
        self.title = title
        self.body = body
        self.width = width
        self.breadcrumbs = breadcrumbs
        self.status = status
        self.hasErrors = hasErrors
        self.following = following
        self.place = place
    }

    func response(in context: CourtContext) -> Response {
        .html(Frame(page: self, context: context).html, status: status)
    }
}

extension Page: ResponseGenerator {
    package func response(from request: Request, context: some RequestContext) throws -> Response {
        guard let context = context as? CourtContext else {
            preconditionFailure("pages are drawn for the court's context")
        }
        return response(in: context)
    }
}

extension Response {
    static func html(_ html: HTML, status: HTTPResponse.Status) -> Response {
        let bytes = ByteBuffer(string: html.text)
        return Response(
            status: status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLength: String(bytes.readableBytes)],
            body: .init(byteBuffer: bytes))
    }
}
