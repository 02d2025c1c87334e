import Docket
import Foundation
import Procedure
import Proofs
import Testing

@testable import CourtServer

@Suite("Effects")
struct EffectTests {
    /// The kinds named in the sources: given to an effect as it is made, or declared among a contract's names.
    private static func emitted() throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
            .standardizedFileURL
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var kinds: Set<String> = []
        for case let file as URL in try #require(files) where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /\bEffect\(\s*kind: "([^"]+)"/) { kinds.insert(String(match.1)) }
            guard let contract = text.range(of: "enum ServiceEffect {") else { continue }
            let names = text[contract.upperBound...].prefix { $0 != "}" }
            for match in names.matches(of: /static let \w+ = "([^"]+)"/) { kinds.insert(String(match.1)) }
        }
        return kinds
    }

    @Test("whatever is put in the outbox has one area that does it, and no area waits for what nobody asks")
    func everyKindIsHandled() async throws {
        try await SimulatedCourt.with(cases: 1, seed: 7, depth: .docketed) { court, _ in
            let areas = try court.areas(sequencer: try await court.sequencer(), publicOrigin: nil)
            let handled = areas.flatMap(\.handlers).map(\.kind)
            #expect(Set(handled).count == handled.count)
            let emitted = try Self.emitted()
            #expect(emitted.count > 3)
            #expect(emitted == Set(handled))
        }
    }
}
