/// What a file is, told by its content. Names decide nothing.
package struct MediaType: RawRepresentable, Hashable, Sendable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let pdf = MediaType(rawValue: "application/pdf")
    package static let jpeg = MediaType(rawValue: "image/jpeg")
    package static let png = MediaType(rawValue: "image/png")
    package static let gif = MediaType(rawValue: "image/gif")
    package static let webp = MediaType(rawValue: "image/webp")
    package static let heic = MediaType(rawValue: "image/heic")
    package static let mp4 = MediaType(rawValue: "video/mp4")
    package static let quickTime = MediaType(rawValue: "video/quicktime")
    package static let mp3 = MediaType(rawValue: "audio/mpeg")
    package static let m4a = MediaType(rawValue: "audio/mp4")
    package static let wav = MediaType(rawValue: "audio/wav")
    /// Voice notes of older telephones.
    package static let amr = MediaType(rawValue: "audio/amr")
    package static let zip = MediaType(rawValue: "application/zip")
    package static let word = office("wordprocessingml.document")
    package static let excel = office("spreadsheetml.sheet")
    package static let powerPoint = office("presentationml.presentation")
    /// Word, Excel or PowerPoint before 2007; which of them needs the file's inner folder.
    package static let oldOffice = MediaType(rawValue: "application/x-ole-storage")
    package static let openText = openDocument("text")
    package static let openSheet = openDocument("spreadsheet")
    package static let openSlides = openDocument("presentation")
    /// 版式文档 (GB/T 33190), the page format of Chinese invoices and official documents.
    package static let ofd = MediaType(rawValue: "application/ofd")
    package static let text = MediaType(rawValue: "text/plain")
    package static let html = MediaType(rawValue: "text/html")
    package static let svg = MediaType(rawValue: "image/svg+xml")
    package static let xml = MediaType(rawValue: "application/xml")
    package static let unknown = MediaType(rawValue: "application/octet-stream")

    private static func office(_ name: String) -> MediaType {
        MediaType(rawValue: "application/vnd.openxmlformats-officedocument.\(name)")
    }

    private static func openDocument(_ name: String) -> MediaType {
        MediaType(rawValue: "application/vnd.oasis.opendocument.\(name)")
    }
}

extension MediaType {
    /// How many bytes at the start decide.
    package static let headBytes: Int64 = 64 << 10

    /// Names the type of the file whose bytes `read` gives.
    ///
    /// Reads the first 64 KiB, and for a zip also the directory at its end.
    package static func sniff(size: Int64, read: (Range<Int64>) throws -> [UInt8]) rethrows -> MediaType {
        let head = try read(0..<min(size, headBytes))
        let type = sniff(head: head)
        guard type == .zip else { return type }
        return zipType(of: try ZipDirectory.names(size: size, read: read))
    }

    /// Names the type by the first bytes alone: an office document is `.zip` here.
    package static func sniff(head: [UInt8]) -> MediaType {
        for (start, type) in signatures where head.starts(with: start) { return type }
        let inner = head.count >= 12 ? String(decoding: head[8..<12], as: UTF8.self) : ""
        if head.starts(with: Array("RIFF".utf8)) { return ["WAVE": .wav, "WEBP": .webp][inner] ?? .unknown }
        if head.count >= 12, let box = boxType(head) { return box }
        if isMP3Frame(head) { return .mp3 }
        return TextSniffing.type(of: head) ?? .unknown
    }

    private static let signatures: [([UInt8], MediaType)] = [
        (Array("%PDF-".utf8), .pdf),
        ([0xFF, 0xD8, 0xFF], .jpeg),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        (Array("GIF87a".utf8), .gif),
        (Array("GIF89a".utf8), .gif),
        (Array("PK\u{3}\u{4}".utf8), .zip),
        (Array("PK\u{5}\u{6}".utf8), .zip),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldOffice),
        (Array("ID3".utf8) + [2], .mp3), (Array("ID3".utf8) + [3], .mp3), (Array("ID3".utf8) + [4], .mp3),
        (Array("#!AMR".utf8), .amr),
    ]

    /// The ISO base media family names itself in its first box.
    private static func boxType(_ head: [UInt8]) -> MediaType? {
        switch String(decoding: head[4..<8], as: UTF8.self) {
        case "ftyp": break
        case "moov", "mdat", "wide": return head[0] == 0 ? .quickTime : nil
        default: return nil
        }
        switch String(decoding: head[8..<12], as: UTF8.self) {
        case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": return .heic
        case "M4A ", "M4B ": return .m4a
        case "qt  ": return .quickTime
        case "avif", "avis", "crx ": return .unknown
        default: return .mp4
        }
    }

    /// MPEG audio layer III without a tag: the sync bits, then a bit rate and a sampling rate that exist.
    private static func isMP3Frame(_ head: [UInt8]) -> Bool {
        head.count >= 4 && head[0] == 0xFF && head[1] & 0xE6 == 0xE2 && head[1] & 0x18 != 0x08
            && head[2] >> 4 != 15 && head[2] >> 4 != 0 && head[2] >> 2 & 3 != 3
    }

    private static func zipType(of names: [String]) -> MediaType {
        let names = Set(names)
        if names.contains("[Content_Types].xml") {
            if names.contains("word/document.xml") { return .word }
            if names.contains("xl/workbook.xml") { return .excel }
            if names.contains("ppt/presentation.xml") { return .powerPoint }
        }
        if names.contains("OFD.xml") { return .ofd }
        for type in [MediaType.openText, .openSheet, .openSlides]
        where names.contains(ZipDirectory.openDocumentMark + type.rawValue) { return type }
        return .zip
    }
}
