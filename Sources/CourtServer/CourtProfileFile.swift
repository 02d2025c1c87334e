import Foundation
import Procedure

/// Reads a court's profile from the JSON file an administrator wrote.
package enum CourtProfileFile {
    package static func read(_ data: Data) throws -> CourtProfile {
        try JSONDecoder().decode(CourtProfile.self, from: data)
    }
}
