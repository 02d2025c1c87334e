import Foundation

/// Where a request came from, as far as it is kept: for throttling, and so that people recognise their own sign-ins.
package struct Client: Hashable, Sendable {
    /// The address as the connection or the trusted proxy gave it.
    package let address: String
    /// Browser and system in a few words.
    package let device: String

    package init(address: String, device: String) {
        // An IPv4 address inside IPv6 is the same network neighbour as without.
        self.address = address.lowercased().hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
        self.device = String(device.unicodeScalars.filter { !$0.properties.isControl }.prefix(120).map(Character.init))
    }

    /// What is throttled together: an IPv4 address, or the /64 that one IPv6 subscriber has.
    var network: String {
        guard let parts = sixteenBitGroups else { return address }
        return parts.prefix(4).map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// What is kept: `203.0.113.*`, `2001:db8:1::*`.
    package var maskedAddress: String {
        if let parts = sixteenBitGroups {
            return parts.prefix(3).map { String($0, radix: 16) }.joined(separator: ":") + "::*"
        }
        let parts = address.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts.allSatisfy({ UInt8($0) != nil }) else { return "*" }
        return parts.prefix(3).joined(separator: ".") + ".*"
    }

    /// The eight groups of an IPv6 address; nil for anything else, an IPv4 address inside IPv6 included.
    private var sixteenBitGroups: [UInt16]? {
        let bare = address.prefix { $0 != "%" }
        guard bare.contains(":"), !bare.contains(".") else { return nil }
        let halves = bare.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        func groups(_ half: Substring) -> [UInt16]? {
            if half.isEmpty { return [] }
            let groups = half.split(separator: ":", omittingEmptySubsequences: false).map { UInt16($0, radix: 16) }
            return groups.contains(nil) ? nil : groups.compactMap { $0 }
        }
        guard let front = groups(halves[0]), let back = halves.count == 2 ? groups(halves[1]) : [] else { return nil }
        guard halves.count == 2 ? front.count + back.count < 8 : front.count == 8 else { return nil }
        return front + Array(repeating: 0, count: 8 - front.count - back.count) + back
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isControl: Bool { generalCategory == .control || generalCategory == .format }
}
