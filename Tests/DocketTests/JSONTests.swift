import Procedure
import Testing

@testable import Docket

@Suite("Canonical JSON (RFC 8785), for what act bodies hold")
struct JSONTests {
    private func canonical(_ text: String) throws -> String {
        try CanonicalJSON.text(JSONReader.read(Array(text.utf8)))
    }

    @Test("sorts members by UTF-16 units and writes the shortest escapes, as the RFC's example of strings does")
    func rfcVectors() throws {
        // RFC 8785, 3.2.3: the order of these keys is the point.
        let keys = #"""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
             "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """#
        #expect(
            try canonical(keys)
                == "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\","
                + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                + "\"😀\":\"Emoji: Grinning Face\",\"\u{FB33}\":\"Hebrew Letter Dalet With Dagesh\"}")
        // RFC 8785, 3.2.2.2
        #expect(
            try canonical(#"{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#)
                == #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#)
    }

    @Test("keeps characters as they came: no form of Unicode is made into another")
    func keepsCharacters() throws {
        let (one, two) = ("\u{E9}", "e\u{301}")
        #expect(Array(try canonical("[\"\(one)\",\"\(two)\"]").utf8) == Array("[\"\(one)\",\"\(two)\"]".utf8))
        #expect(try canonical("[\"𠮷㐂\"]") == "[\"𠮷㐂\"]")
    }

    @Test(
        "refuses what would be read in two ways",
        arguments: [
            (#"{"a":1,"a":1}"#, JSONFailure.duplicateKey("a")), ("1.5", .fraction), ("1e3", .fraction),
            ("9007199254740992", .integerOutOfRange), ("-9007199254740992", .integerOutOfRange),
            ("99999999999999999999", .integerOutOfRange),
            (String(repeating: "[", count: 10_000), .tooDeep),
        ])
    func refused(text: String, failure: JSONFailure) {
        #expect(throws: failure) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test(
        "refuses what is no JSON",
        arguments: [
            "", "nul", "NaN", "Infinity", "01", "-", "+1", "'a'", "[1,]", "{\"a\":1,}", "{a:1}", "[1] x", "\"\\x\"",
            "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\n\"", "\"open", "[", "{\"a\"", "\u{FEFF}[]",
        ])
    func malformed(text: String) {
        #expect(throws: JSONFailure.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test("refuses bytes that are not UTF-8")
    func notUnicode() {
        #expect(throws: JSONFailure.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONFailure.self) { try JSONReader.read([0x22, 0xED, 0xA0, 0x80, 0x22]) }
    }

    @Test("reads back what it wrote, for every kind of value")
    func roundTrip() throws {
        let value = JSONValue.object([
            "": .null, "a\u{0}b": .bool(true), "数": .integer(-9_007_199_254_740_991),
            "deep": .array([.object(["x": .array([])]), .text("\u{1F600}\u{7F}\"\\/")]),
        ])
        let bytes = try CanonicalJSON.bytes(value)
        #expect(try JSONReader.read(bytes) == value)
        #expect(try CanonicalJSON.bytes(JSONReader.read(bytes)) == bytes)
    }

    @Test("a body that holds what JSON cannot keep exactly is not written")
    func unwritable() {
        #expect(throws: JSONFailure.integerOutOfRange) { try CanonicalJSON.bytes(.integer(1 << 53)) }
    }
}
