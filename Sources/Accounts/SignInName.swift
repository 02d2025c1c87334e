import Foundation
import Procedure

/// What a person signs in with: a mobile number of the mainland, or a name chosen for staff.
package struct SignInName: Hashable, Sendable {
    /// Folded, so that however it is typed it is the same name.
    package let folded: String

    /// - Returns: nil for what can be neither.
    package init?(typed: String) {
        guard typed.utf8.count <= 200 else { return nil }
        let folded = typed.precomposedStringWithCompatibilityMapping.lowercased()
            .precomposedStringWithCompatibilityMapping
            .trimmingCharacters(in: .whitespacesAndNewlines)
        if let mobile = MobileNumber(typed: folded) {
            self.folded = mobile.digits
        } else {
            guard (3...40).contains(folded.count), folded.contains(where: \.isLetter),
                folded.allSatisfy({ $0.isLetter || $0.isNumber || ".-_".contains($0) })
            else { return nil }
            self.folded = folded
        }
    }

    package init(_ mobile: MobileNumber) { folded = mobile.digits }
}

/// A mobile number of the mainland: eleven digits that begin with 13 to 19.
package struct MobileNumber: Hashable, Sendable {
    package let digits: String

    /// Reads it with or without +86, spaces and hyphens.
    package init?(typed: String) {
        guard typed.utf8.count <= 60 else { return nil }
        var text = typed.precomposedStringWithCompatibilityMapping.filter { !" -\u{00a0}()".contains($0) }
        for prefix in ["+86", "0086"] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
        guard text.wholeMatch(of: /1[3-9][0-9]{9}/) != nil else { return nil }
        digits = text
    }

    /// As shown to its owner: `138****5678`.
    package var masked: String { digits.prefix(3) + "****" + digits.suffix(4) }
}

extension Refusal {
    package static let signInNameMalformed = Refusal(
        code: "account.sign-in-name-malformed", article: nil,
        reason: Words(
            "登录名应为手机号码，或3至40个字母、数字、点、横线。",
            "A sign-in name is a mobile number, or 3 to 40 letters, digits, dots and hyphens."),
        remedy: Words("请检查后重新填写。", "Check it and type it again."), fields: ["name"])
    package static let mobileMalformed = Refusal(
        code: "account.mobile-malformed", article: nil,
        reason: Words("手机号码应为11位数字。", "A mobile number has 11 digits."),
        remedy: Words("请检查后重新填写。", "Check it and type it again."), fields: ["mobile"])
}
