import Foundation
import Procedure

/// Why a question to the calculators cannot be answered. Callers print it as problem details (RFC 9457).
public struct LawQuestionProblem: Error, Hashable, Sendable {
    /// Stable: `law.malformed`, `law.missing-field` …
    public let code: String
    public let title: Words
    public let detail: Words
    /// The field it speaks about, such as `input.claim`.
    public let field: String?

    /// As a problem object in JSON, with both languages.
    public var json: Data {
        var members: [StrictJSON.Member] = [
            .init(name: "type", value: "about:blank"), .init(name: "code", value: .string(code)),
            .init(name: "title", value: StrictJSON(title)), .init(name: "detail", value: StrictJSON(detail)),
        ]
        if let field { members.append(.init(name: "field", value: .string(field))) }
        return Data(StrictJSON.object(members).text.utf8)
    }
}

extension LawQuestionProblem {
    static let malformed = LawQuestionProblem(
        code: "law.malformed", title: Words("不是有效的JSON", "Not valid JSON"),
        detail: Words("请提交一个JSON对象，字段不得重复。", "Send one JSON object whose names occur once."), field: nil)
    static let tooLong = LawQuestionProblem(
        code: "law.too-long", title: Words("内容过长", "Too long"),
        detail: Words("请求不得超过64 KiB。", "A question has at most 64 KiB."), field: nil)

    static func missing(_ field: String) -> LawQuestionProblem {
        LawQuestionProblem(
            code: "law.missing-field", title: Words("缺少字段", "A field is missing"),
            detail: Words("缺少字段 \(field)。", "The field \(field) is missing."), field: field)
    }

    static func unknown(_ field: String) -> LawQuestionProblem {
        let shown = String(field.prefix(100))
        return LawQuestionProblem(
            code: "law.unknown-field", title: Words("未知字段", "Unknown field"),
            detail: Words("不认识字段 \(shown)。", "There is no field \(shown)."), field: shown)
    }

    static func wrongType(_ field: String, _ expected: Words) -> LawQuestionProblem {
        LawQuestionProblem(
            code: "law.wrong-type", title: Words("类型不符", "Wrong type"),
            detail: Words("字段 \(field) 应为\(expected.zh)。", "The field \(field) is to be \(expected.en)."), field: field)
    }

    static func outOfRange(_ field: String, _ allowed: Words) -> LawQuestionProblem {
        LawQuestionProblem(
            code: "law.out-of-range", title: Words("超出范围", "Out of range"),
            detail: Words("字段 \(field)：\(allowed.zh)。", "The field \(field): \(allowed.en)."), field: field)
    }

    static func unknownValue(_ field: String, _ allowed: [String]) -> LawQuestionProblem {
        let list = allowed.joined(separator: ", ")
        return LawQuestionProblem(
            code: "law.unknown-value", title: Words("未知取值", "Unknown value"),
            detail: Words("字段 \(field) 可取：\(list)。", "The field \(field) is one of: \(list)."), field: field)
    }

    static func unknownLimit(_ field: String) -> LawQuestionProblem {
        LawQuestionProblem(
            code: "law.unknown-limit", title: Words("没有此期间", "No such limit"),
            detail: Words("期间表中没有此名称。", "The table of limits has no such name."), field: field)
    }

    static func refused(_ refusal: Refusal, _ field: String) -> LawQuestionProblem {
        LawQuestionProblem(
            code: "law.out-of-range", title: refusal.reason, detail: refusal.remedy, field: field)
    }
}

extension StrictJSON {
    init(_ words: Words) {
        self = ["zh": .string(words.zh), "en": .string(words.en)]
    }

    /// The lines of an explanation, each with its articles as a lawyer prints them.
    init(_ explanation: Explanation) {
        func lines(_ language: Language) -> StrictJSON {
            .array(
                explanation.lines.map { line in
                    let articles = line.articles.map { Article(rawValue: $0)?.printed[language] ?? $0 }
                    guard !articles.isEmpty else { return .string(line.words[language]) }
                    return .string(
                        language == .chinese
                            ? "\(line.words.zh)〔\(articles.joined(separator: "、"))〕"
                            : "\(line.words.en) [\(articles.joined(separator: "; "))]")
                })
        }
        self = ["zh": lines(.chinese), "en": lines(.english)]
    }

    /// Each article an explanation rests on, once, in the order it first occurs.
    static func articles(of explanation: Explanation) -> StrictJSON {
        var seen: Set<String> = []
        let ids = explanation.lines.flatMap(\.articles).filter { seen.insert($0).inserted }
        return .array(
            ids.map { id in
                let printed = Article(rawValue: id)?.printed ?? Words(id, id)
                return ["id": .string(id), "zh": .string(printed.zh), "en": .string(printed.en)]
            })
    }
}
