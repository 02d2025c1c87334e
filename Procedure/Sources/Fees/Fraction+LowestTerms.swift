extension Fraction {
    /// The same value with the smallest numbers; sums over many bands would outgrow them otherwise.
    var inLowestTerms: Fraction {
        var (a, b) = (numerator.magnitude, denominator.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        let divisor = Int128(max(a, 1))
        return Fraction(numerator / divisor, over: denominator / divisor)
    }
}
