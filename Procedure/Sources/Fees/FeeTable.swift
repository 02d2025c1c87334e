/// What the courts charge (诉讼费用交纳标准), in fen.
public struct FeeTable: Sendable {
    public let version: String
    /// 财产案件
    public let property: FeeScale
    /// 申请执行
    public let enforcement: FeeScale
    /// 申请保全
    public let preservation: FeeScale
    /// What a divorce case pays on top for property (离婚案件涉及财产分割).
    public let divorceProperty: FeeScale
    /// What a personality-rights case pays on top for damages (人格权案件涉及损害赔偿).
    public let personalityDamages: FeeScale
    /// The national range of each amount that a province fixes.
    public let ranges: [LocalFee: ClosedRange<Int64>]
    /// What each province has fixed, by its short name such as 浙江.
    public let provinces: [String: [LocalFee: Int64]]
    public let labour: Int64
    /// 商标、专利、海事行政案件
    public let specialAdministrative: Int64
    public let administrative: Int64
    /// 公示催告
    public let publicSummons: Int64
    /// 撤销仲裁裁决或者认定仲裁协议效力
    public let arbitrationReview: Int64
    /// 支付令, as a part of the property scale.
    public let paymentOrderPart: Fraction
    /// 破产, as a part of the property scale.
    public let bankruptcyPart: Fraction
    public let bankruptcyCap: Int64
    /// The least a reduction may be (减交比例).
    public let leastReduction: Fraction

    public init(
        version: String, property: FeeScale, enforcement: FeeScale, preservation: FeeScale, divorceProperty: FeeScale,
        personalityDamages: FeeScale, ranges: [LocalFee: ClosedRange<Int64>], provinces: [String: [LocalFee: Int64]],
        labour: Int64, specialAdministrative: Int64, administrative: Int64, publicSummons: Int64,
        arbitrationReview: Int64, paymentOrderPart: Fraction, bankruptcyPart: Fraction, bankruptcyCap: Int64,
        leastReduction: Fraction
    ) {
        self.version = version
        self.property = property
        self.enforcement = enforcement
        self.preservation = preservation
        self.divorceProperty = divorceProperty
        self.personalityDamages = personalityDamages
        self.ranges = ranges
        self.provinces = provinces
        self.labour = labour
        self.specialAdministrative = specialAdministrative
        self.administrative = administrative
        self.publicSummons = publicSummons
        self.arbitrationReview = arbitrationReview
        self.paymentOrderPart = paymentOrderPart
        self.bankruptcyPart = bankruptcyPart
        self.bankruptcyCap = bankruptcyCap
        self.leastReduction = leastReduction
    }
}

/// An amount each province fixes inside a national range.
public enum LocalFee: String, CaseIterable, Codable, Sendable {
    case divorce, personality
    /// 其他非财产案件
    case otherNonProperty = "other"
    /// 知识产权案件没有争议金额的
    case intellectualProperty = "ip_no_amount"
    /// 管辖权异议不成立
    case jurisdictionObjection = "jurisdiction_objection"
    /// 申请执行没有执行金额的
    case enforcementWithoutAmount = "enforcement_no_amount"

    public var name: Words {
        switch self {
        case .divorce: Words("离婚案件", "divorce")
        case .personality: Words("人格权案件", "personality rights")
        case .otherNonProperty: Words("其他非财产案件", "other non-property case")
        case .intellectualProperty: Words("没有争议金额的知识产权案件", "intellectual property without an amount in dispute")
        case .jurisdictionObjection: Words("管辖权异议不成立", "rejected jurisdiction objection")
        case .enforcementWithoutAmount: Words("没有执行金额的执行申请", "enforcement without an amount")
        }
    }
}

/// Bands that add up (分段累计): each part of a sum pays its own band's rate.
public struct FeeScale: Hashable, Sendable {
    public struct Band: Hashable, Sendable {
        /// In fen: the band covers what is above this …
        public let above: Int64
        /// … up to and including this; nil for the last band.
        public let through: Int64?
        public let rate: Fraction
        /// A fixed amount in fen, whatever part of the band is used.
        public let flat: Int64

        public init(above: Int64, through: Int64?, rate: Fraction, flat: Int64) {
            self.above = above
            self.through = through
            self.rate = rate
            self.flat = flat
        }
    }

    public let bands: [Band]
    public let cap: Int64?

    public init(bands: [Band], cap: Int64? = nil) {
        self.bands = bands
        self.cap = cap
    }

    /// The band a sum ends in; a sum of nothing stands in the first.
    public func band(of amount: Int64) -> Band? {
        bands.first { $0.through.map { amount <= $0 } ?? true }
    }

    /// What is added to sum × rate inside a band so that all bands below are paid (速算增加数), in fen; may be negative.
    public func quickAdd(of band: Band) -> Fraction {
        var add = Fraction(Int128(band.flat)) + Fraction(-Int128(band.above)) * band.rate
        for lower in bands.prefix(while: { $0.above < band.above }) {
            let width = (lower.through ?? lower.above) - lower.above
            let paid = Fraction(Int128(lower.flat)) + Fraction(Int128(width)) * lower.rate
            add = (add + paid)
        }
        return add
    }

    /// The fee on a sum in fen, exact.
    public func fee(on amount: Int64) -> Fraction {
        guard let band = band(of: amount) else { return Fraction(0) }
        let fee = (Fraction(Int128(amount)) * band.rate + quickAdd(of: band))
        guard let cap, fee.numerator > Int128(cap) * fee.denominator else { return fee }
        return Fraction(Int128(cap))
    }
}
