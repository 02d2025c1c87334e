/// Which entries of a docket one page shows: twenty at most, counted from the newest back.
///
/// A page is named by its last entry, so it still shows the same entries when new ones have come.
struct TimelinePages: Hashable, Sendable {
    static let most = 20

    let count: Int
    /// Places in the docket, from 0, oldest first.
    let shown: Range<Int>

    /// - Parameter asked: the number of the last entry to show, as the address says it; anything else means the newest.
    init(count: Int, asked: String?) {
        self.count = count
        let last = asked.flatMap { Int($0) }.map { min(max($0, 1), count) } ?? count
        shown = max(0, last - Self.most)..<last
    }

    var isOne: Bool { shown.count == count }
    /// The last entry of the page before this one in time.
    var earlier: Int? { shown.lowerBound > 0 ? shown.lowerBound : nil }
    /// The last entry of the page after this one in time.
    var later: Int? { shown.upperBound < count ? min(count, shown.upperBound + Self.most) : nil }
}
