import Procedure

extension Money {
    /// The sum in capital numerals (人民币大写): 人民币壹万贰仟叁佰肆拾伍元陆角柒分.
    ///
    /// 整 ends a sum without fen; one 零 stands for any run of empty places between digits.
    ///
    /// - Returns: nil for another currency, a negative sum, or a million million yuan and more.
    /// - Source: Payment and Settlement Rules (支付结算办法, 1997), annex 1, items 1–3.
    package var inWords: String? {
        guard currency == .cny, (0..<100_000_000_000_000).contains(minorUnits) else { return nil }
        let yuan = Int(minorUnits / 100)
        let jiao = Int(minorUnits / 10 % 10)
        let fen = Int(minorUnits % 10)
        guard minorUnits > 0 else { return "人民币零元整" }

        var text = yuan > 0 ? Self.sections(of: yuan) + "元" : ""
        if jiao > 0 {
            text += capitals[jiao] + "角"
        } else if fen > 0, yuan > 0 {
            text += capitals[0]
        }
        text += fen > 0 ? capitals[fen] + "分" : "整"
        return "人民币" + text
    }

    /// Figures as documents print them: ￥12,345.67, or `USD 12,345.67`.
    package var inFigures: String {
        let sign = minorUnits < 0 ? "-" : ""
        return sign + (currency == .cny ? "￥" : currency.rawValue + " ") + groupedText.drop { $0 == "-" }
    }

    private static func sections(of yuan: Int) -> String {
        var text = ""
        var gap = false
        for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
            let section = unit == 100_000_000 ? yuan / unit : yuan / unit % 10_000
            guard section > 0 else {
                gap = !text.isEmpty
                continue
            }
            if !text.isEmpty, gap || section < 1000 { text += capitals[0] }
            gap = false
            text += fourDigits(section, numerals: capitals, units: ["", "拾", "佰", "仟"]) + name
        }
        return text
    }
}

private let capitals = Array("零壹贰叁肆伍陆柒捌玖").map(String.init)
