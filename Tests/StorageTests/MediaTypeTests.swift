import Foundation
import Testing

@testable import Storage

@Suite("Media types by content")
struct MediaTypeTests {
    static let heads: [([UInt8], MediaType)] = [
        (utf8("%PDF-1.7\n"), MediaType.pdf),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0, 16], .jpeg),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], .png),
        (utf8("GIF89a"), .gif),
        (utf8("RIFF\u{10}\0\0\0WEBPVP8 "), .webp),
        (utf8("RIFF\u{10}\0\0\0WAVEfmt "), .wav),
        (utf8("RIFF\u{10}\0\0\0AVI LIST"), .unknown),
        (utf8("\0\0\0\u{18}ftypheic\0\0\0\0"), .heic),
        (utf8("\0\0\0\u{18}ftypmif1\0\0\0\0"), .heic),
        (utf8("\0\0\0\u{18}ftypisom\0\0\0\0"), .mp4),
        (utf8("\0\0\0\u{14}ftypqt  \0\0\0\0"), .quickTime),
        (utf8("\0\0\0\u{18}ftypM4A \0\0\0\0"), .m4a),
        (utf8("ID3\u{3}\0\0"), .mp3),
        ([0xFF, 0xFB, 0x90, 0x64, 0], .mp3),
        (utf8("#!AMR\n"), .amr),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0], .oldOffice),
        (utf8("PK\u{3}\u{4}"), .zip),
        ([], .unknown),
        ([0xFF, 0xFE, 0x31, 0], .unknown),
        ([0, 1, 2, 3], .unknown),
        ([0xC4, 0xE3, 0xBA, 0xC3], .unknown),
        (utf8("MZ\u{90}\0"), .unknown),
    ]

    @Test("the first bytes name the type", arguments: heads)
    func signatures(head: [UInt8], type: MediaType) {
        #expect(MediaType.sniff(head: head) == type)
    }

    static let texts: [(String, MediaType)] = [
        ("聊天记录：\n你好", .text),
        ("\u{FEFF}带标记的文本", .text),
        ("a < b", .text),
        ("<3", .text),
        ("%PDF", .text),
        ("<!DOCTYPE html><p>", .html),
        (" \n<HTML lang=zh>", .html),
        ("<!-- a --><script>alert(1)</script>", .html),
        ("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", .html),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", .svg),
        ("<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE svg PUBLIC \"-\">\n<svg:svg/>", .svg),
        ("<?xml version=\"1.0\"?><invoice/>", .xml),
        ("line\u{1B}[31m", .unknown),
        ("nul\0", .unknown),
    ]

    @Test("text is told from what a browser would run", arguments: texts)
    func text(text: String, type: MediaType) {
        #expect(MediaType.sniff(head: Array(text.utf8)) == type)
    }

    @Test("a character cut off where the head ends does not make text something else")
    func cutCharacter() {
        let long = Array(String(repeating: "长", count: 40_000).utf8)
        #expect(long.count > Int(MediaType.headBytes) && MediaType.headBytes % 3 != 0)
        #expect(type(of: long) == .text)
        #expect(MediaType.sniff(head: Array("长".utf8.dropLast())) == .unknown)
    }

    @Test("an office document is a zip whose directory says so")
    func office() {
        #expect(type(of: zip(["[Content_Types].xml", "word/document.xml"])) == .word)
        #expect(type(of: zip(["[Content_Types].xml", "xl/workbook.xml"])) == .excel)
        #expect(type(of: zip(["[Content_Types].xml", "ppt/presentation.xml"])) == .powerPoint)
        #expect(type(of: zip(["OFD.xml", "Doc_0/Document.xml"])) == .ofd)
        #expect(type(of: zip(["word/document.xml"])) == .zip)
        #expect(type(of: zip([])) == .zip)
        #expect(type(of: zip(["a"], comment: [UInt8](repeating: 0x50, count: 300))) == .zip)
        #expect(
            type(of: zip(["mimetype"], content: Array("application/vnd.oasis.opendocument.text".utf8))) == .openText)
    }

    @Test("a damaged or lying zip stays a zip and reads nothing outside the file")
    func hostileZip() {
        let whole = zip(["[Content_Types].xml", "word/document.xml"])
        for length in 4..<whole.count { #expect(type(of: Array(whole.prefix(length))) == .zip) }
        for position in (whole.count - 22)..<whole.count {
            var changed = whole
            changed[position] = 0xFF
            _ = type(of: changed)
        }
    }

    private static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func type(of bytes: [UInt8]) -> MediaType {
        MediaType.sniff(size: Int64(bytes.count)) { range in
            precondition(range.lowerBound >= 0 && range.upperBound <= Int64(bytes.count))
            return Array(bytes[Int(range.lowerBound)..<Int(range.upperBound)])
        }
    }

    /// A zip of stored entries; checksums are left out, as nobody here reads them.
    private func zip(_ names: [String], content: [UInt8] = [], comment: [UInt8] = []) -> [UInt8] {
        func little(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(value >> (8 * $0) & 255) } }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for name in names {
            let start = bytes.count
            let sizes = little(0, 4) + little(content.count, 4) + little(content.count, 4) + little(name.utf8.count, 2)
            bytes += [0x50, 0x4B, 3, 4] + little(20, 2) + little(0, 8) + sizes + little(0, 2)
            bytes += Array(name.utf8) + content
            directory += [0x50, 0x4B, 1, 2] + little(20, 2) + little(20, 2) + little(0, 8) + sizes
            directory += little(0, 12) + little(start, 4) + Array(name.utf8)
        }
        let start = bytes.count
        bytes += directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(names.count, 2) + little(names.count, 2)
        return bytes + little(directory.count, 4) + little(start, 4) + little(comment.count, 2) + comment
    }
}
