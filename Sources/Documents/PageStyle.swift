import CPango
import Procedure

/// The measures of a page, in points: A4 with the margins and sizes of official documents (GB/T 9704-2012).
struct PageStyle {
    let width = 595.276
    let height = 841.89
    let top = 104.9
    let bottom = 99.2
    let left = 79.4
    let right = 73.7
    let fonts: DocumentFonts
    let language: Language
    let bodySize, leading: Double
    let titleSize, titleLeading: Double
    let smallSize, smallLeading: Double

    init(_ document: LegalDocument, fonts: DocumentFonts) {
        self.fonts = fonts
        language = document.language
        switch document.textSize {
        case .official:
            (bodySize, leading, titleSize, titleLeading, smallSize, smallLeading) = (16, 28, 22, 36, 12, 20)
        case .compact:
            (bodySize, leading, titleSize, titleLeading, smallSize, smallLeading) = (12, 21, 18, 30, 10.5, 17)
        }
    }

    var textWidth: Double { width - left - right }
    var lastY: Double { height - bottom }

    func body(width: Double? = nil, weight: PangoWeight = PANGO_WEIGHT_NORMAL) -> TextSetting {
        TextSetting(
            families: [fonts.body] + fonts.supplements, size: bodySize, weight: weight, width: width ?? textWidth,
            language: pangoLanguage)
    }

    func small(width: Double? = nil) -> TextSetting {
        var setting = body(width: width)
        setting.size = smallSize
        return setting
    }

    func title() -> TextSetting {
        TextSetting(
            families: [fonts.title] + fonts.supplements, size: titleSize, weight: PANGO_WEIGHT_BOLD, width: textWidth,
            alignment: PANGO_ALIGN_CENTER, language: pangoLanguage)
    }

    private var pangoLanguage: String {
        switch language {
        case .chinese: "zh-cn"
        case .english: "en"
        }
    }
}
