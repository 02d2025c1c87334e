/// Up to which sum a province's cases are small claims (小额诉讼标的额标准), in fen.
public struct SmallClaimsThreshold: Hashable, Sendable {
    public let mandatory: Int64
    /// With the agreement of both parties.
    public let byAgreement: Int64

    public init(mandatory: Int64, byAgreement: Int64) {
        self.mandatory = mandatory
        self.byAgreement = byAgreement
    }
}

/// The thresholds that were found published, by province and day (小额诉讼标的额标准表).
public struct SmallClaimsTable: Sendable {
    public struct Row: Hashable, Sendable {
        public let province: String
        public let from: CourtDay
        public let threshold: SmallClaimsThreshold
        /// A newer figure exists but is not known: good only for the year it was published in.
        public let isSuperseded: Bool

        public init(province: String, from: CourtDay, threshold: SmallClaimsThreshold, isSuperseded: Bool) {
            self.province = province
            self.from = from
            self.threshold = threshold
            self.isSuperseded = isSuperseded
        }
    }

    public let version: String
    public let rows: [Row]

    public init(version: String, rows: [Row]) {
        self.version = version
        self.rows = rows
    }

    /// The threshold that holds for a case docketed on that day; the latest published one, until the next.
    ///
    /// - Parameter province: its short name, such as 江苏; 省 or 市 behind it does not matter.
    /// - Returns: nil when none is known for that province and day.
    /// - Source: Interpretation art. 272.
    public func threshold(of province: String, on day: CourtDay) -> SmallClaimsThreshold? {
        let current = rows.filter { province.hasPrefix($0.province) && $0.from <= day }.max { $0.from < $1.from }
        guard let current, !current.isSuperseded || current.from.year == day.year else { return nil }
        return current.threshold
    }
}
