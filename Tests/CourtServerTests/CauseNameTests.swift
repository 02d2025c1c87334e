import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Procedure
import Testing

@testable import Demonstration

@Suite("The cause of action on the case page")
struct CauseNameTests {
    @Test("it stands in the reader's language, for parties and for the court", arguments: Language.allCases)
    func casePage(language: Language) async throws {
        try await ProgramsCourt.with { court in
            let name = Words("信息网络买卖合同纠纷", "Dispute over an online shopping contract")
            let path = "/cases/\(court.told.docket)"
            try await court.application.test(.router) { client in
                for reader in ["buyer", "seller", "judge", "clerk"] {
                    let answer = try await client.execute(
                        uri: path, method: .get,
                        headers: [
                            .authorization: "Bearer \(reader)", .accept: "text/html",
                            .acceptLanguage: language.rawValue,
                        ])
                    let text = String(buffer: answer.body)
                    #expect(text.contains(name[language]), "\(reader)")
                    #expect(!text.contains(language == .chinese ? name.en : name.zh), "\(reader)")
                }
            }
        }
    }
}
