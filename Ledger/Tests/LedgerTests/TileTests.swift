import Testing

@testable import Ledger

@Suite("Which files a log of some size has")
struct TileTests {
    @Test(
        "the table of the formats page",
        arguments: [
            (1, ["0/000.p/1"]), (255, ["0/000.p/255"]), (256, ["0/000", "1/000.p/1"]),
            (257, ["0/000", "0/001.p/1", "1/000.p/1"]),
        ] as [(UInt64, [String])])
    func smallSizes(size: UInt64, paths: [String]) {
        #expect(Tile.all(size: size).map(\.path) == paths.map { "tile/" + $0 })
    }

    @Test("65,536 entries")
    func levelTwo() {
        let paths = Tile.all(size: 65_536).map(\.path)
        #expect(paths == (0..<256).map { "tile/0/\(padded($0))" } + ["tile/1/000", "tile/2/000.p/1"])
    }

    @Test("70,000 entries")
    func seventyThousand() {
        let paths = Tile.all(size: 70_000).map(\.path)
        let full = (0..<273).map { "tile/0/\(padded($0))" }
        #expect(paths == full + ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(EntryBundle(index: 272, size: 70_000)?.path == "tile/entries/272")
        #expect(EntryBundle(index: 273, size: 70_000)?.path == "tile/entries/273.p/112")
        #expect(EntryBundle(index: 274, size: 70_000) == nil)
    }

    @Test("a billion entries, without listing them")
    func billion() {
        let size: UInt64 = 1_000_000_000
        #expect(Tile.partial(level: 0, size: size) == nil)
        #expect(Tile.tile(level: 0, index: 3_906_249, size: size)?.path == "tile/0/x003/x906/249")
        #expect(Tile.tile(level: 0, index: 3_906_250, size: size) == nil)
        #expect(Tile.partial(level: 1, size: size) == Tile(level: 1, index: 15_258, width: 202))
        #expect(Tile.partial(level: 2, size: size) == Tile(level: 2, index: 59, width: 154))
        #expect(Tile.partial(level: 3, size: size) == Tile(level: 3, index: 0, width: 59))
        #expect(Tile.partial(level: 4, size: size) == nil)
    }

    @Test(
        "numbers in paths",
        arguments: [(0, "000"), (999, "999"), (1000, "x001/000"), (1_234_067, "x001/x234/067")] as [(UInt64, String)])
    func numbers(index: UInt64, path: String) {
        #expect(TilePath.numbered(index, width: 256) == path)
        #expect(TilePath.numbered(index, width: 8) == path + ".p/8")
    }

    @Test("the golden bundle and tile")
    func goldenFiles() throws {
        let bundle = EntryBundle.bytes(of: Golden.entries)
        #expect(
            Hex.encode(bundle)
                == "00000001000001100002202100023031000440414243000850515253545556570010606162636465666768696a6b6c6d6e6f"
        )
        let tile = Tile.bytes(of: Golden.leaves)
        #expect(tile.count == 256)
        #expect(Hash.sha256(tile).hex == "aea2f1bbb5140fd5f8eacb503fdf54c00c3d860c72588e40233addd416bc8f10")
        #expect(try EntryBundle(index: 0, width: 8).entries(from: bundle) == Golden.entries)
        #expect(try Tile(level: 0, index: 0, width: 8).hashes(from: tile) == Golden.leaves)
    }

    @Test("a bundle or tile of another length is refused")
    func wrongLengths() {
        let bundle = EntryBundle.bytes(of: Golden.entries)
        #expect(throws: Malformed.self) { try EntryBundle(index: 0, width: 8).entries(from: Array(bundle.dropLast())) }
        #expect(throws: Malformed.self) { try EntryBundle(index: 0, width: 8).entries(from: bundle + [0]) }
        #expect(throws: Malformed.self) { try EntryBundle(index: 0, width: 7).entries(from: bundle) }
        #expect(throws: Malformed.self) { try EntryBundle(index: 0, width: 9).entries(from: bundle) }
        let tile = Tile.bytes(of: Golden.leaves)
        #expect(throws: Malformed.self) { try Tile(level: 0, index: 0, width: 7).hashes(from: tile) }
    }

    private func padded(_ number: Int) -> String { String(String(1000 + number).dropFirst()) }
}
