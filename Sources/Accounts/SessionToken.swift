import Foundation
import Storage

/// What a browser shows to be recognised: 256 random bits as 43 characters of base64url. Only its digest is kept.
package struct SessionToken: Hashable, Sendable, RawRepresentable {
    package let rawValue: String

    /// - Returns: nil for what cannot be one, before anything is looked up.
    package init?(rawValue: String) {
        guard rawValue.utf8.count == 43,
            rawValue.utf8.allSatisfy({ character in
                switch character {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            })
        else { return nil }
        self.rawValue = rawValue
    }

    static func random() -> SessionToken {
        let text = Data(SecureRandom.bytes(32)).base64EncodedString().replacing("+", with: "-").replacing(
            "/", with: "_")
        guard let token = SessionToken(rawValue: String(text.prefix(43))) else {
            preconditionFailure("32 bytes are 43 characters")
        }
        return token
    }
}

extension SessionToken: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Never itself: a token in a log would be a session in a log.
    package var description: String { "SessionToken(…)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
