import Procedure

/// A count in Chinese numerals as headings and lists use them: 一, 十, 二十一, 一百零五.
///
/// - Parameter number: 0 to 9999; anything else comes back in Arabic figures.
package func chineseNumber(_ number: Int) -> String {
    guard (0...9999).contains(number) else { return String(number) }
    guard number > 0 else { return "零" }
    let text = fourDigits(number, numerals: Array("零一二三四五六七八九").map(String.init), units: ["", "十", "百", "千"])
    return text.hasPrefix("一十") ? String(text.dropFirst()) : text
}

extension CourtDay {
    /// The date as Chinese documents are dated: 二〇二六年三月五日.
    package var inChinese: String {
        let (year, month, day) = components
        let digits = Array("〇一二三四五六七八九")
        let yearText = String(String(year).compactMap { $0.wholeNumberValue.map { digits[$0] } })
        return "\(yearText)年\(chineseNumber(month))月\(chineseNumber(day))日"
    }

    /// 二〇二六年三月五日, or 5 March 2026.
    package func written(in language: Language) -> String {
        switch language {
        case .chinese: return inChinese
        case .english:
            let (year, month, day) = components
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            return "\(day) \(months[month - 1]) \(year)"
        }
    }
}

/// One section of a Chinese number, with a single 零 for any run of empty places inside it.
func fourDigits(_ section: Int, numerals: [String], units: [String]) -> String {
    var text = ""
    var gap = false
    for place in stride(from: 3, through: 0, by: -1) {
        let digit = section / [1, 10, 100, 1000][place] % 10
        if digit == 0 {
            gap = !text.isEmpty
        } else {
            if gap { text += numerals[0] }
            gap = false
            text += numerals[digit] + units[place]
        }
    }
    return text
}
