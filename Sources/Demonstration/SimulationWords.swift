import Procedure

/// Made-up people, goods and disputes of simulated cases. Every given name says that it is one.
enum SimulationWords {
    private static let surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧".map(String.init)
    private static let given = "演示例试拟范样习".map(String.init)
    private static let second = "安宁平和清远明达文书知行思齐嘉禾若水子衿云舟星野晨光".map(String.init)

    static func name(_ random: inout SimulationRandom) -> String {
        random.one(of: surnames) + random.one(of: given) + random.one(of: second)
    }

    /// With the area code 110000, which issues no documents, and its right check digit (GB 11643).
    static func residentNumber(_ random: inout SimulationRandom) -> String {
        let year = random.number(1955...2004)
        let day = "\(year)" + twoDigits(random.number(1...12)) + twoDigits(random.number(1...28))
        let body = "110000" + day + "0" + twoDigits(random.number(10...99))
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }

    static func telephone(_ random: inout SimulationRandom) -> String { "1390000\(random.number(1000...9999))" }

    static func address(_ random: inout SimulationRandom) -> String {
        let street = random.one(of: ["示范路", "演练街", "样例大道", "试行巷", "模拟路"])
        return "演示市\(street)\(random.number(1...188))号\(random.number(1...9))幢\(random.number(101...1802))室"
    }

    /// A thing bought online, and what was wrong with it.
    struct Dispute: Sendable {
        let goods, promised, found: String
    }

    static func dispute(_ random: inout SimulationRandom) -> Dispute {
        random.one(of: [
            Dispute(goods: "电水壶一只", promised: "内胆为304不锈钢", found: "内胆为201不锈钢"),
            Dispute(goods: "羽绒服一件", promised: "填充物为90%白鹅绒", found: "绒子含量仅为52%"),
            Dispute(goods: "实木书桌一张", promised: "全部为橡木", found: "桌面为贴皮密度板"),
            Dispute(goods: "二手手机一部", promised: "未拆修、电池原装", found: "主板曾经维修"),
            Dispute(goods: "儿童座椅一把", promised: "已通过强制认证", found: "认证编号查无记录"),
            Dispute(goods: "茶叶两盒", promised: "为当年春茶", found: "生产日期为两年以前"),
            Dispute(goods: "蓝牙耳机一副", promised: "为正品全新", found: "序列号已被他人激活"),
            Dispute(goods: "空气净化器一台", promised: "噪声不高于33分贝", found: "实测噪声为58分贝"),
        ])
    }

    static let shops = ["好物小店", "晨光优选", "远方百货", "山海家居", "一禾数码", "清和茶铺", "样例旗舰店", "练习生活馆"]

    static let exhibits = [
        ("订单页面截图", "双方订立了网络购物合同"), ("商品详情页存档", "被告对商品作出的承诺"), ("检测报告", "商品与页面描述不符"),
        ("客服聊天记录", "原告曾向被告提出退款"), ("物流签收记录", "商品已经签收"),
    ]

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
