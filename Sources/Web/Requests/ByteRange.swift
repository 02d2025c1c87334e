/// One byte range of a request (RFC 9110 §14). Several ranges at once are answered with the whole file.
package enum ByteRange: Hashable, Sendable {
    case whole
    case part(Range<Int64>)
    /// Nothing of the file lies in it (416).
    case unsatisfiable

    package init(header: String?, size: Int64) {
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else {
            self = .whole
            return
        }
        let bounds = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard bounds.count == 2, bounds.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            self = .whole
            return
        }
        switch (Int64(bounds[0]), Int64(bounds[1])) {
        case (let first?, let last):
            guard bounds[1].isEmpty || last != nil, last.map({ $0 >= first }) ?? true else {
                self = .whole
                return
            }
            self = first < size ? .part(first..<min(size, (last ?? size - 1) + 1)) : .unsatisfiable
        case (nil, let suffix?) where bounds[0].isEmpty:
            self = suffix > 0 && size > 0 ? .part(max(0, size - suffix)..<size) : .unsatisfiable
        default: self = .whole
        }
    }
}
