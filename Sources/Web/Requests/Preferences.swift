import Hummingbird
import Procedure

/// How a person wants to see the pages; kept in cookies, no account needed.
package struct Preferences: Hashable, Sendable {
    package enum Theme: String, CaseIterable, Sendable {
        case system
        case light
        case dark
    }

    package var language: Language
    package var theme: Theme
    /// The large mode (长辈版): the size of text in pixels, 18 to 30; nil when it is off.
    package var largeText: Int?

    package static let largeSizes = [18, 20, 22, 24, 26, 28, 30]

    init(language: Language, theme: Theme = .system, largeText: Int? = nil) {
        self.language = language
        self.theme = theme
        self.largeText = largeText
    }

    /// From the cookies, and where there is none yet, the languages the browser asks for.
    init(of request: Request) {
        let cookies = request.cookies
        language =
            cookies[Self.languageCookie].flatMap { Language(rawValue: $0.value) }
            ?? Self.preferred(request.headers[.acceptLanguage] ?? "")
        theme = cookies[Self.themeCookie].flatMap { Theme(rawValue: $0.value) } ?? .system
        largeText = cookies[Self.largeCookie].flatMap { Self.size($0.value) }
    }

    /// What `?lang=`, `?theme=` and `?large=` ask to change, as cookies; nil when they ask nothing.
    static func changes(in query: [(name: String, value: String)]) -> [(name: String, value: String)]? {
        var cookies: [(name: String, value: String)] = []
        for (name, value) in query {
            switch name {
            case "lang":
                if let language = Language(rawValue: value) { cookies.append((languageCookie, language.rawValue)) }
            case "theme": if let theme = Theme(rawValue: value) { cookies.append((themeCookie, theme.rawValue)) }
            case "large": cookies.append((largeCookie, size(value).map(String.init) ?? "off"))
            default: continue
            }
        }
        return cookies.isEmpty ? nil : cookies
    }

    static let languageCookie = "xz-lang"
    static let themeCookie = "xz-theme"
    static let largeCookie = "xz-large"
    static let parameters: Set<String> = ["lang", "theme", "large"]

    private static func size(_ text: String) -> Int? {
        if text == "on" { return 20 }
        return Int(text).flatMap { largeSizes.contains($0) ? $0 : nil }
    }

    /// Chinese unless English is asked for first: it is a Chinese court.
    private static func preferred(_ header: String) -> Language {
        let wishes = header.prefix(200).split(separator: ",").prefix(10).compactMap { part -> (Language, Double)? in
            let pieces = part.split(separator: ";")
            guard let tag = pieces.first?.trimmingPrefix(while: \.isWhitespace).lowercased() else { return nil }
            let weight = pieces.dropFirst().compactMap { Double($0.trimmingPrefix(while: \.isWhitespace).dropFirst(2)) }
                .first
            if tag.hasPrefix("zh") { return (.chinese, weight ?? 1) }
            if tag.hasPrefix("en") { return (.english, weight ?? 1) }
            return nil
        }
        return wishes.enumerated().max { ($0.element.1, -$0.offset) < ($1.element.1, -$1.offset) }?.element.0
            ?? .chinese
    }
}
