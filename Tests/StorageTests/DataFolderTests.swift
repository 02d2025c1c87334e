import Crypto
import Foundation
import Procedure
import Testing

@testable import Storage

@Suite("The data folder and the court's key")
struct DataFolderTests {
    let temporary: TemporaryFolder
    init() throws { temporary = try TemporaryFolder() }

    @Test("a new folder is there for its owner only, and so is everything in it")
    func layout() throws {
        let folder = try DataFolder.open(temporary.path + "/a/var", for: .writing)
        _ = try CourtKey.create(in: folder, court: "0192")
        try folder.prepareDatabase(folder.courtDatabase)
        try folder.prepareDatabase(folder.keyDatabase)
        for item in ["", "/keys", "/files", "/staging", "/ledger"] {
            #expect(try temporary.mode(of: "a/var" + item) == 0o700)
        }
        for item in ["/lock", "/court.sqlite", "/keys/court.key", "/keys/keys.sqlite"] {
            #expect(try temporary.mode(of: "a/var" + item) == 0o600)
        }
    }

    @Test("there is one writer at a time; readers come and go")
    func oneWriter() throws {
        let path = temporary.path + "/var"
        #expect(throws: DataFolderError.notACourt(path: path)) { try DataFolder.open(path, for: .reading) }
        var writer: DataFolder? = try DataFolder.open(path, for: .writing)
        #expect(throws: DataFolderError.inUse(path: path, process: getpid())) {
            try DataFolder.open(path, for: .writing)
        }
        _ = try DataFolder.open(path + "/", for: .reading)
        #expect(writer != nil)
        writer = nil
        _ = try DataFolder.open(path, for: .writing)
    }

    @Test("keys that others can read are refused, with what to do about it")
    func exposedKey() throws {
        let path = temporary.path + "/var"
        do {
            let folder = try DataFolder.open(path, for: .writing)
            _ = try CourtKey.create(in: folder, court: "0192")
            chmod(folder.courtKeyFile, 0o640)
            #expect(throws: DataFolderError.exposed(path: folder.courtKeyFile, mode: 0o640)) {
                try CourtKey(in: folder, court: "0192")
            }
        }
        for access in [DataFolder.Access.reading, .writing] {
            let error = #expect(throws: DataFolderError.self) { try DataFolder.open(path, for: access) }
            #expect(error?.description.contains("chmod go-rwx '\(path)/keys/court.key'") == true)
        }
        chmod(path + "/keys/court.key", 0o600)
        chmod(path + "/keys", 0o750)
        #expect(throws: DataFolderError.exposed(path: path + "/keys", mode: 0o750)) {
            try DataFolder.open(path, for: .writing)
        }
    }

    @Test("an empty folder made for us is closed to others; a filled one is not touched")
    func givenFolder() throws {
        let empty = temporary.path + "/empty"
        mkdir(empty, 0o755)
        _ = try DataFolder.open(empty, for: .writing)
        #expect(try temporary.mode(of: "empty") == 0o700)

        let filled = temporary.path + "/filled"
        mkdir(filled, 0o755)
        chmod(filled, 0o755)
        try temporary.write([1], to: "filled/letter")
        #expect(throws: DataFolderError.exposed(path: filled, mode: 0o755)) {
            try DataFolder.open(filled, for: .writing)
        }
    }

    @Test("the court's key is made once")
    func onceOnly() throws {
        let folder = try DataFolder.open(temporary.path + "/var", for: .writing)
        #expect(throws: CourtKeyError.missing(path: folder.courtKeyFile)) { try CourtKey(in: folder, court: "0192") }
        let key = try CourtKey.create(in: folder, court: "0192")
        #expect(throws: CourtKeyError.exists(path: folder.courtKeyFile)) {
            try CourtKey.create(in: folder, court: "0192")
        }
        #expect(try CourtKey(in: folder, court: "0192").key(for: .sessions) == key.key(for: .sessions))
        #expect(try temporary.files(under: "var/keys") == ["court.key"])

        try temporary.write([2] + SecureRandom.bytes(32), to: "var/keys/court.key")
        chmod(folder.courtKeyFile, 0o600)
        #expect(throws: CourtKeyError.malformed) { try CourtKey(in: folder, court: "0192") }
    }

    @Test("every use, docket, volume and court has a key of its own")
    func derivations() throws {
        let bytes = [1] + SecureRandom.bytes(32)
        let dockets = [DocketID.random(), DocketID.random()]
        var keys = Set<[UInt8]>()
        for court in ["0192", "0193"] {
            let courtKey = try CourtKey(bytes: bytes, court: court)
            var derived = CourtKey.Use.allCases.map(courtKey.key(for:))
            for docket in dockets {
                derived += Volume.allCases.map { courtKey.wrappingKey(for: $0, of: docket) }
            }
            keys.formUnion(derived.map { $0.withUnsafeBytes(Array.init) })
        }
        #expect(keys.count == 2 * (CourtKey.Use.allCases.count + 4))
    }
}
