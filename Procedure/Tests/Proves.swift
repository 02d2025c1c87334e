import Procedure
import Testing

/// The articles a test holds the rules to. It changes nothing about how the test runs; `Docs/LawMap.md` lists it
/// beside the rules that rest on the same articles.
///
/// `@Test("a complaint that arrives starts the fifteen days", .proves(.answerPeriod))`
struct Proves: TestTrait, SuiteTrait {
    let articles: [Article]

    var isRecursive: Bool { true }
}

extension Trait where Self == Proves {
    static func proves(_ articles: Article...) -> Proves { Proves(articles: articles) }
}
