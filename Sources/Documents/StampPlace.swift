/// The middle of a stamp on a page.
package struct StampPlace: Hashable, Codable, Sendable {
    /// Counted from 1.
    package let page: Int
    /// In points from the lower left corner of the page.
    package let x, y: Double

    package init(page: Int, x: Double, y: Double) {
        self.page = page
        self.x = x
        self.y = y
    }
}
