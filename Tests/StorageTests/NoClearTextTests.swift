import Foundation
import NIOCore
import Procedure
import Testing

@testable import Storage

@Suite("Nothing is stored in clear")
struct NoClearTextTests {
    @Test("no marker is found in any file of the folder, in any encoding, at any moment of its way in")
    func markers() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let name = "欧阳标记甲-marker-name.pdf"
        let phrase = "标记丙 marker-content 4711"
        let content = Array(("<html>" + String(repeating: phrase, count: 60_000)).utf8)
        let searched = Markers([name, phrase, "欧阳标记甲", "marker-name", "marker-content", "text/html"])

        let stored = try await court.files.put(content, in: docket, .main, name: name)
        try await court.record(stored)
        let upload = try await court.files.beginUpload(
            in: docket, .chambers, by: .random(), length: Int64(content.count), name: name)
        _ = try await upload.append(at: 0, Array(content[..<1_200_000]))
        #expect(try searched.found(in: court.temporary) == [])
        _ = try await upload.append(at: 1_200_000, Array(content[1_200_000...]))
        let file = try await upload.finish()
        #expect(try searched.found(in: court.temporary) == [])
        try await court.record(file)
        try await court.files.discard(upload)
        #expect(stored.mediaType == .html && file.mediaType == .html)
        #expect(try searched.found(in: court.temporary) == [])
    }

    @Test("neither the keys of dockets nor the digest of a file lie beside them")
    func keysAndDigests() async throws {
        let court = try await TemporaryCourt()
        let docket = try await court.docket()
        let stored = try await court.files.put(sample(5_000), in: docket, .main, name: "x")
        try await court.record(stored)
        let keys = try await court.vault.keys(for: docket)
        let derived = [keys.main, try keys.chambers].flatMap {
            [$0.acts, $0.names, $0.files, $0.fileWrapping, $0.fileNaming]
        }
        let secrets = derived.map { $0.withUnsafeBytes(Array.init) } + [stored.sha256]
        let searched = Markers(bytes: secrets.flatMap { [$0, Array(hexadecimal($0).utf8)] })
        #expect(try searched.found(in: court.temporary) == [])
        for object in try court.objects() { #expect(!object.contains(hexadecimal(stored.sha256))) }
    }

    @Test("the search finds what is there")
    func control() throws {
        let temporary = try TemporaryFolder()
        let marker = "标记 marker"
        let utf16 = marker.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        let planted = [
            Array(marker.utf8), utf16, Array(Data(marker.utf8).base64EncodedString().utf8),
            Array(Data([7] + marker.utf8 + [7, 7]).base64EncodedString().utf8),
        ]
        for (index, bytes) in planted.enumerated() {
            try temporary.write(sample(99) + bytes + sample(99), to: "\(index)")
        }
        #expect(try Markers([marker]).found(in: temporary) == ["0", "1", "2", "3"])
    }
}

/// Looks for texts in raw bytes: UTF-8, UTF-16 in both orders, base64 at each of its three positions, hexadecimal, JSON.
private struct Markers {
    let patterns: [Data]

    init(_ texts: [String]) {
        var patterns: [Data] = []
        for text in texts {
            let utf8 = Array(text.utf8)
            patterns += [Data(utf8), Data(hexadecimal(utf8).utf8)]
            patterns.append(Data(text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }))
            patterns.append(Data(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }))
            for shift in 0..<3 {
                // Only the characters that depend on the marker alone, not on its neighbours.
                let whole = utf8.dropFirst((3 - shift) % 3)
                patterns.append(Data(Data(whole.prefix(whole.count / 3 * 3)).base64EncodedString().utf8))
            }
            if let escaped = try? JSONEncoder().encode(text) { patterns.append(escaped.dropFirst().dropLast()) }
        }
        self.patterns = patterns
    }

    init(bytes: [[UInt8]]) { patterns = bytes.map { Data($0) } }

    /// The files that hold any of them, in their name or content.
    func found(in folder: TemporaryFolder) throws -> [String] {
        try folder.files().filter { file in
            let content = Data(try folder.bytes(of: file)) + Data(file.utf8)
            return patterns.contains { content.range(of: $0) != nil }
        }.sorted()
    }
}
