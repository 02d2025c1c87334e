// What a fee says about itself: the band, the sum, what halves or reduces it, the rounding.
extension FeeCount {
    mutating func explainScale(_ scale: FeeScale, _ amount: Int64, _ fee: Fraction, _ name: Words, _ article: Article) {
        guard let band = scale.band(of: amount) else { return }
        let through = band.through.map { Words("至\(yuan($0))元", "up to \(yuan($0))") } ?? Words("以上", "yuan")
        let add = scale.quickAdd(of: band)
        let size = decimals(Fraction(Int128(add.numerator.magnitude), over: add.denominator))
        let product = "\(yuan(amount)) × \(percent(band.rate))"
        guard band.rate.numerator > 0 else {
            explanation.add(
                "\(name.zh)：\(yuan(amount))元，在\(yuan(band.above))元\(through.zh)一档，定额\(size)元。",
                "\(name.en): \(yuan(amount)) yuan, in the band above \(yuan(band.above)) \(through.en): a flat \(size) yuan.",
                articles: [article.rawValue])
            return
        }
        let working = add.numerator == 0 ? product : "\(product) \(add.numerator < 0 ? "−" : "+") \(size)"
        let capped = scale.cap.map { Fraction(Int128($0)) == fee } ?? false
        explanation.add(
            "\(name.zh)：\(yuan(amount))元，在\(yuan(band.above))元\(through.zh)一档，\(working) = \(decimals(fee))元"
                + (capped ? "（已达上限）。" : "。"),
            "\(name.en): \(yuan(amount)) yuan, in the band above \(yuan(band.above)) \(through.en): \(working) = "
                + "\(decimals(fee)) yuan" + (capped ? " (the cap)." : "."),
            articles: [article.rawValue])
    }

    mutating func explainSum(_ claims: [Money], _ sum: Int64) {
        let parts = claims.map { yuan($0.minorUnits) }.joined(separator: " + ")
        explanation.add(
            "多个财产性诉讼请求合并计算：\(parts) = \(yuan(sum))元。", "Several money claims are added: \(parts) = \(yuan(sum)) yuan.",
            articles: [Article.feeOnSeveralClaims.rawValue])
    }

    mutating func explainPart(_ part: Fraction, of whole: Fraction, _ name: Words) {
        let text = "\(decimals(whole)) × \(part.numerator)/\(part.denominator)"
        explanation.add(
            "\(name.zh)按上述标准的\(part.numerator)/\(part.denominator)交纳：\(text)。",
            "\(name.en) pays \(part.numerator)/\(part.denominator) of that: \(text).",
            articles: [Article.applicationFee.rawValue])
    }

    mutating func explainCap(_ cap: Int64) {
        explanation.add(
            "最高不超过\(yuan(cap))元。", "It is \(yuan(cap)) yuan at most.", articles: [Article.applicationFee.rawValue])
    }

    mutating func explainChange(_ words: Words) {
        explanation.lines.append(.init(words, articles: [Article.feeOnChangedClaim.rawValue]))
    }

    mutating func explainLocal(
        _ fee: LocalFee, _ amount: Int64, _ range: ClosedRange<Int64>, _ article: Article, in province: String? = nil
    ) {
        let source = province.map { Words("\($0)规定为", "fixed by \($0) at ") } ?? Words("所在地规定为", "fixed locally at ")
        let outside = range.contains(amount) ? Words("", "") : Words("，超出幅度，请核对", "; outside the range, please check")
        explanation.add(
            "\(fee.name.zh)：幅度\(yuan(range.lowerBound))元至\(yuan(range.upperBound))元，\(source.zh)\(yuan(amount))元\(outside.zh)。",
            "\(fee.name.en): \(yuan(range.lowerBound)) to \(yuan(range.upperBound)) yuan, \(source.en)\(yuan(amount)) yuan"
                + "\(outside.en).",
            articles: [article.rawValue])
    }

    mutating func explainHalving(_ grounds: [(Words, Article)]) {
        let zh = grounds.map(\.0.zh).joined(separator: "、")
        let en = grounds.map(\.0.en).joined(separator: "; ")
        let once = grounds.count > 1
        explanation.add(
            "减半交纳：\(zh)\(once ? "；只减半一次" : "")。", "Halved: \(en)\(once ? "; once only" : "").",
            articles: grounds.map(\.1.rawValue) + (once ? [Article.halvedOnce.rawValue] : []))
    }

    mutating func explainReduction(_ rate: Fraction) {
        explanation.add(
            "准予减交\(percent(rate))。", "A reduction by \(percent(rate)) was granted.",
            articles: [Article.reducedFee.rawValue])
    }

    mutating func explainResult(_ exact: Fraction, _ fee: Int64, _ direction: ComputedFee.Direction) {
        let isRounded = exact.numerator != Int128(fee) * exact.denominator
        let verb = direction == .payment ? Words("应交", "To pay") : Words("应退", "To be refunded")
        explanation.add(
            "\(verb.zh)\(yuan(fee))元\(isRounded ? "（\(decimals(exact))元四舍五入）" : "")。",
            "\(verb.en): \(yuan(fee)) yuan\(isRounded ? " (\(decimals(exact)) rounded, a half up)" : "").")
    }

    /// Fen as yuan, without a point where there are no fen: `68,500.55`, `30,000`.
    func yuan(_ fen: Int64) -> String {
        let text = Money(minorUnits: fen).groupedText
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    /// Fen as yuan, as far as six decimals; with dots behind when that is not all.
    private func decimals(_ fen: Fraction) -> String {
        let scale: Int128 = 1_000_000
        let scaled = fen.numerator * scale
        let divisor = fen.denominator * 100
        let whole = Int128(scaled.magnitude) / divisor
        let exact = whole * divisor == Int128(scaled.magnitude)
        var digits = String(whole % scale)
        digits = String(repeating: "0", count: 6 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        let sign = fen.numerator < 0 ? "-" : ""
        return "\(sign)\(groupedByThousands(String(whole / scale)))\(digits.isEmpty ? "" : ".\(digits)")\(exact ? "" : "…")"
    }

    private func percent(_ rate: Fraction) -> String { "\(decimals(rate * Fraction(10_000)))%" }
}
