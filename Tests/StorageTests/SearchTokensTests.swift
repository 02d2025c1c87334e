import Foundation
import Testing

@testable import Storage

@Suite("Search tokens")
struct SearchTokensTests {
    let tokens: SearchTokens
    init() throws { tokens = SearchTokens(try CourtKey(bytes: [1] + SecureRandom.bytes(32), court: "0192")) }

    @Test(
        "spellings of one name are one",
        arguments: [
            ("張學友", "张学友"), ("阿卜杜拉·买买提", "阿卜杜拉・买买提"), ("阿卜杜拉•买买提", "阿卜杜拉买买提"), ("欧阳 娜娜", "欧阳娜娜"),
            ("Zhang San", "ＺＨＡＮＧ　ＳＡＮ"), ("杭州某某（集团）有限公司", "杭州某某(集团)有限公司"), ("José", "Jose\u{301}"),
            ("張\u{200B}三", "张三"),
        ])
    func folding(one: String, other: String) {
        #expect(NameFolding.fold(one) == NameFolding.fold(other))
        #expect(tokens.stored(forName: one) == tokens.stored(forName: other))
    }

    @Test("different names stay different")
    func distinct() {
        #expect(tokens.whole(name: "张三") != tokens.whole(name: "张山"))
        #expect(tokens.whole(name: "张三").rawValue >> 32 == 1)
    }

    @Test("a name is found while it is typed, from two characters on, and by any part")
    func typing() {
        let stored = tokens.stored(forName: "阿卜杜拉·买买提")
        for typed in ["阿卜", "阿卜杜", "卜杜拉买", "买买提", "阿卜杜拉 买买提"] {
            #expect(stored.isSuperset(of: tokens.searching(name: typed)), "\(typed)")
        }
        #expect(!stored.isSuperset(of: tokens.searching(name: "阿拉")))
        let latin = tokens.stored(forName: "Zhang San")
        for typed in ["zha", "Zhang", "zhang s", "SAN"] {
            #expect(latin.isSuperset(of: tokens.searching(name: typed)), "\(typed)")
        }
        let mixed = tokens.stored(forName: "北京ABC科技")
        for typed in ["京A", "ABC", "C科技", "北京abc"] {
            #expect(mixed.isSuperset(of: tokens.searching(name: typed)), "\(typed)")
        }
    }

    @Test("one character has no token, so that surnames do not show by their frequency")
    func surname() {
        #expect(tokens.pieces(ofName: "王").isEmpty)
        #expect(tokens.searching(name: "王") == [tokens.whole(name: "王")])
        #expect(!tokens.stored(forName: "王芳").contains(tokens.whole(name: "王")))
    }

    @Test("numbers are found however they are written, each sort by itself")
    func numbers() {
        #expect(
            tokens.token("（2025）浙0192民初42号", as: .caseNumber) == tokens.token("(2025)浙 0192 民初42号", as: .caseNumber))
        for phone in ["138 0013 8000", "+86 138-0013-8000", "008613800138000", "１３８００１３８０００"] {
            #expect(tokens.token(phone, as: .phone) == tokens.token("13800138000", as: .phone), "\(phone)")
        }
        #expect(tokens.token("11010519491231002x", as: .identity) == tokens.token("11010519491231002X", as: .identity))
        #expect(tokens.token("13800138000", as: .identity) != tokens.token("13800138000", as: .phone))
    }

    @Test("without the court's key the tokens say nothing")
    func keyed() throws {
        let other = SearchTokens(try CourtKey(bytes: [1] + SecureRandom.bytes(32), court: "0192"))
        #expect(other.whole(name: "张三") != tokens.whole(name: "张三"))
    }
}
