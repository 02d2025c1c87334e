/// The font families documents are set in, by the names the system knows them by.
///
/// 仿宋 and 小标宋 of the official format are not free; a court that has them names them here.
package struct DocumentFonts: Hashable, Codable, Sendable {
    package var body: String
    package var title: String
    /// Asked in this order for characters that the first two lack. No other font of the system is ever used, so that
    /// the same document has the same pages on every machine.
    package var supplements: [String]

    package init(
        body: String = "Noto Serif CJK SC", title: String = "Noto Serif CJK SC", supplements: [String] = []
    ) {
        self.body = body
        self.title = title
        self.supplements = supplements
    }

    package static let standard = DocumentFonts()

    var all: [String] { [body, title] + supplements }
}
