import Procedure
import Testing

@testable import Documents

@Suite("Numbers, dates and sums in Chinese")
struct NumeralTests {
    @Test(
        "numbers as headings and lists count",
        arguments: zip(
            [0, 1, 9, 10, 11, 20, 21, 100, 101, 110, 111, 205, 1_000, 1_001, 1_010, 1_100, 2_026, 9_999, 10_000],
            [
                "零", "一", "九", "十", "十一", "二十", "二十一", "一百", "一百零一", "一百一十", "一百一十一", "二百零五", "一千",
                "一千零一", "一千零一十", "一千一百", "二千零二十六", "九千九百九十九", "10000",
            ]))
    func numbers(_ number: Int, _ text: String) {
        #expect(chineseNumber(number) == text)
    }

    @Test(
        "dates",
        arguments: zip(
            ["2026-03-05", "2026-10-10", "2030-12-31", "2000-02-20", "1999-11-21"] as [CourtDay],
            ["二〇二六年三月五日", "二〇二六年十月十日", "二〇三〇年十二月三十一日", "二〇〇〇年二月二十日", "一九九九年十一月二十一日"]))
    func dates(_ day: CourtDay, _ text: String) {
        #expect(day.inChinese == text)
    }

    @Test("a date in English")
    func englishDate() {
        #expect(CourtDay("2026-03-05").written(in: .english) == "5 March 2026")
    }

    @Test(
        "sums in capital numerals, among them the examples of the settlement rules",
        arguments: zip(
            [
                "0", "0.01", "0.10", "0.55", "1", "10", "10.05", "1409.50", "6007.14", "1680.32", "107000.53",
                "16409.02", "325.04",
                "12345.67", "8796", "68500.55", "100000000", "100010000", "1000000001", "10203040506.07", "20000000.20",
                "999999999999.99", "10010", "100100000", "1050000000",
            ],
            [
                "零元整", "壹分", "壹角整", "伍角伍分", "壹元整", "壹拾元整", "壹拾元零伍分", "壹仟肆佰零玖元伍角整", "陆仟零柒元壹角肆分",
                "壹仟陆佰捌拾元叁角贰分", "壹拾万柒仟元伍角叁分", "壹万陆仟肆佰零玖元零贰分", "叁佰贰拾伍元零肆分",
                "壹万贰仟叁佰肆拾伍元陆角柒分", "捌仟柒佰玖拾陆元整", "陆万捌仟伍佰元伍角伍分", "壹亿元整", "壹亿零壹万元整",
                "壹拾亿零壹元整", "壹佰零贰亿零叁佰零肆万零伍佰零陆元零柒分", "贰仟万元贰角整",
                "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分", "壹万零壹拾元整", "壹亿零壹拾万元整", "壹拾亿伍仟万元整",
            ]))
    func sums(_ typed: String, _ words: String) throws {
        #expect(try #require(Money(typed: typed)).inWords == "人民币" + words)
    }

    @Test("no words for what has none")
    func noWords() throws {
        #expect(Money(minorUnits: -1).inWords == nil)
        #expect(Money(minorUnits: 100, currency: try #require(Currency(rawValue: "USD"))).inWords == nil)
        #expect(Money(minorUnits: 100_000_000_000_000).inWords == nil)
    }

    @Test(
        "figures",
        arguments: zip(
            [0, 1, 99_999, 100_000, 123_456_789, -100_050] as [Int64],
            [
                "￥0.00", "￥0.01", "￥999.99", "￥1,000.00", "￥1,234,567.89", "-￥1,000.50",
            ]))
    func figures(_ fen: Int64, _ text: String) {
        #expect(Money(minorUnits: fen).inFigures == text)
    }
}
