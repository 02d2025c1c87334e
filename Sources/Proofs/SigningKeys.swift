import Crypto
import Foundation
import Ledger
import Procedure
import Storage

/// The keys with which the court signs its ledger and its answers. Made once, kept sealed under the court's key.
package struct SigningKeys: Sendable {
    package enum Use: String, CaseIterable, Sendable {
        /// Checkpoints of the ledger.
        case ledger
        /// Answers to submissions.
        case answers
    }

    private let seeds: [Use: [UInt8]]
    /// The log's permanent name.
    package let origin: Origin

    /// - Parameter ledgerName: lower-case ASCII without scheme, such as `xiezhi.example/demo-1`; never used again.
    package init(in folder: DataFolder, courtKey: CourtKey, ledgerName: String) throws {
        guard let origin = Origin(rawValue: ledgerName) else { throw SigningKeysError.badName }
        self.origin = origin
        var seeds: [Use: [UInt8]] = [:]
        for use in Use.allCases {
            let path = "\(folder.keys)/\(use.rawValue).sealed"
            let context = SealingContext("signing-key", .text(courtKey.court), .text(use.rawValue))
            if let sealed = FileManager.default.contents(atPath: path) {
                seeds[use] = try Sealing.open(Array(sealed), with: courtKey.key(for: .signing), for: context)
            } else {
                guard folder.access == .writing else { throw SigningKeysError.missing(use.rawValue) }
                let seed = SecureRandom.bytes(32)
                let sealed = try Sealing.seal(seed, with: courtKey.key(for: .signing), for: context)
                try Disk.writeNew(sealed, to: path)
                seeds[use] = seed
            }
        }
        self.seeds = seeds
    }

    package var ledgerKey: LogKey {
        get throws { try LogKey(origin: origin, seed: seeds[.ledger] ?? []) }
    }

    package var answerKey: Curve25519.Signing.PrivateKey {
        get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: seeds[.answers] ?? []) }
    }

    /// What whoever checks the ledger needs: one log, no witness asked for yet.
    package var policy: String {
        get throws { "log \(try ledgerKey.verifierKey)\nquorum none\n" }
    }
}

package enum SigningKeysError: Error, Hashable, Sendable {
    case badName
    case missing(String)
}
