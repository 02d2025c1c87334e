import Foundation
import Procedure

/// A stored document as it is shown inside a page: the very bytes that were drawn, without their own page around them.
///
/// The drawing escapes whatever people typed and carries no script; only bytes read from the court's own file store
/// under the digest that an act or a draft names may come here.
package struct DrawnDocument: Sendable {
    package let html: HTML

    /// - Parameter page: the stored HTML form of a document.
    /// - Returns: nil when it is not a page of our drawing.
    package init?(storedPage page: [UInt8]) {
        guard let text = String(validating: page, as: UTF8.self), let start = text.range(of: "<article"),
            let end = text.range(of: "</article>", options: .backwards), start.lowerBound < end.lowerBound,
            !text.contains("<script")
        else { return nil }
        html = HTML(raw: String(text[start.lowerBound..<end.upperBound]))
    }
}
