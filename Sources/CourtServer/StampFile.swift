import Docket
import Documents
import Foundation
import Storage

/// The court's stamp on disk: certificate and key, sealed under the court's key.
enum StampFile {
    private struct Content: Codable {
        let certificate, key, chain: String
    }

    private static func path(_ folder: DataFolder) -> String { "\(folder.keys)/stamp.sealed" }

    private static func context(_ courtKey: CourtKey) -> SealingContext {
        SealingContext("court-stamp", .text(courtKey.court))
    }

    static func create(in folder: DataFolder, courtKey: CourtKey, courtName: String) throws -> CourtStamp {
        let stamp = try CourtStamp.create(courtName: courtName, validFrom: CourtClock().now, years: 10)
        let content = Content(certificate: stamp.certificatePEM, key: stamp.keyPEM, chain: stamp.chainPEM)
        let sealed = try Sealing.seal(
            try JSONEncoder().encode(content), with: courtKey.key(for: .signing), for: context(courtKey))
        try Disk.writeNew(sealed, to: path(folder))
        return stamp
    }

    static func read(in folder: DataFolder, courtKey: CourtKey) throws -> CourtStamp {
        let sealed = try Data(contentsOf: URL(fileURLWithPath: path(folder)))
        let plain = try Sealing.open(Array(sealed), with: courtKey.key(for: .signing), for: context(courtKey))
        let content = try JSONDecoder().decode(Content.self, from: Data(plain))
        return try CourtStamp(
            certificatePEM: content.certificate, keyPEM: content.key, chainPEM: content.chain)
    }
}
