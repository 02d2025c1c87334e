import Crypto
import Foundation
import Procedure
import Synchronization

/// The keys of one docket: those of the main volume unwrapped, those of the chambers' volume when they are first asked
/// for. A list of cases needs the main ones alone.
package struct DocketKeys: Sendable {
    package let docket: DocketID
    package let main: VolumeKeys
    private let closed: Closed

    init(docket: DocketID, main: VolumeKeys, chambers: @escaping @Sendable () throws -> VolumeKeys) {
        self.docket = docket
        self.main = main
        closed = Closed(open: chambers)
    }

    /// - Throws: `KeyVaultError.wrongCourtKey`.
    package var chambers: VolumeKeys { get throws { try closed.opened() } }

    /// - Throws: `KeyVaultError.wrongCourtKey`.
    package subscript(volume: Volume) -> VolumeKeys {
        get throws {
            switch volume {
            case .main: main
            case .chambers: try chambers
            }
        }
    }

    private final class Closed: Sendable {
        private let open: @Sendable () throws -> VolumeKeys
        private let keys = Mutex<VolumeKeys?>(nil)

        init(open: @escaping @Sendable () throws -> VolumeKeys) { self.open = open }

        func opened() throws -> VolumeKeys {
            try keys.withLock { keys in
                if let keys { return keys }
                let opened = try open()
                keys = opened
                return opened
            }
        }
    }
}

/// The subkeys of one volume, one for each use, derived from the volume's random key by HKDF-SHA-256.
///
/// Each is derived when it is first asked for: a list of cases needs one of them per docket.
package final class VolumeKeys: Sendable {
    private enum Use: String {
        case acts = "volume.acts"
        case names = "volume.names"
        case files = "volume.files"
        case fileWrapping = "volume.files.wrapping"
        case fileNaming = "volume.files.naming"
    }

    private let court: String
    private let root: SymmetricKey
    private let derived = Mutex(Derived())

    private struct Derived {
        var extracted: HashedAuthenticationCode<SHA256>?
        var keys: [Use: SymmetricKey] = [:]
    }

    init(root: SymmetricKey, court: String) {
        self.court = court
        self.root = root
    }

    /// Seals the bodies and salts of acts.
    package var acts: SymmetricKey { key(for: .acts) }
    /// Seals names and other personal fields of projections.
    package var names: SymmetricKey { key(for: .names) }
    /// Seals what the catalogue says about a file: its digest, name and media type.
    package var files: SymmetricKey { key(for: .files) }
    /// Wraps the key each file is encrypted with.
    var fileWrapping: SymmetricKey { key(for: .fileWrapping) }
    /// Names the stored object of a file.
    var fileNaming: SymmetricKey { key(for: .fileNaming) }

    private func key(for use: Use) -> SymmetricKey {
        derived.withLock { derived in
            if let key = derived.keys[use] { return key }
            let extracted = derived.extracted ?? extractedKey(from: root)
            derived.extracted = extracted
            let key = expandedKey(from: extracted, info: SealingContext(use.rawValue, .text(court)))
            derived.keys[use] = key
            return key
        }
    }
}

func derivedKey(from key: SymmetricKey, info: SealingContext) -> SymmetricKey {
    expandedKey(from: extractedKey(from: key), info: info)
}

func extractedKey(from key: SymmetricKey) -> HashedAuthenticationCode<SHA256> {
    HKDF<SHA256>.extract(inputKeyMaterial: key, salt: hkdfSalt)
}

func expandedKey(from extracted: HashedAuthenticationCode<SHA256>, info: SealingContext) -> SymmetricKey {
    HKDF<SHA256>.expand(pseudoRandomKey: extracted, info: info.encoded, outputByteCount: 32)
}

private let hkdfSalt = Array("xiezhi/v1".utf8)
