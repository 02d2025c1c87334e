import Crypto
import Foundation
import Procedure

/// The keys of one docket, both volumes unwrapped.
package struct DocketKeys: Sendable {
    package let docket: DocketID
    package let main: VolumeKeys
    private let chambersRoot: SymmetricKey
    private let court: String

    /// Derived each time: seldom asked for, while a list unwraps the keys of every docket on it.
    package var chambers: VolumeKeys { VolumeKeys(root: chambersRoot, court: court) }

    init(docket: DocketID, main: SymmetricKey, chambers: SymmetricKey, court: String) {
        (self.docket, chambersRoot, self.court) = (docket, chambers, court)
        self.main = VolumeKeys(root: main, court: court)
    }

    package subscript(volume: Volume) -> VolumeKeys {
        switch volume {
        case .main: main
        case .chambers: chambers
        }
    }
}

/// The subkeys of one volume, one for each use, derived from the volume's random key by HKDF-SHA-256.
package struct VolumeKeys: Sendable {
    /// Seals the bodies and salts of acts.
    package let acts: SymmetricKey
    /// Seals names and other personal fields of projections.
    package let names: SymmetricKey
    /// Seals what the catalogue says about a file: its digest, name and media type.
    package let files: SymmetricKey
    /// Wraps the key each file is encrypted with.
    let fileWrapping: SymmetricKey
    /// Names the stored object of a file.
    let fileNaming: SymmetricKey

    init(root: SymmetricKey, court: String) {
        // Extracted once for all five, since a list opens the keys of every docket on it.
        let extracted = HKDF<SHA256>.extract(inputKeyMaterial: root, salt: hkdfSalt)
        func subkey(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.expand(
                pseudoRandomKey: extracted, info: SealingContext(use, .text(court)).encoded, outputByteCount: 32)
        }
        acts = subkey("volume.acts")
        names = subkey("volume.names")
        files = subkey("volume.files")
        fileWrapping = subkey("volume.files.wrapping")
        fileNaming = subkey("volume.files.naming")
    }
}

func derivedKey(from key: SymmetricKey, info: SealingContext) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: key, salt: hkdfSalt, info: info.encoded, outputByteCount: 32)
}

private let hkdfSalt = Array("xiezhi/v1".utf8)
