import CourtServer
import Procedure

/// The three demonstration courts (演示法院). Their codes belong to no real court, and 演示 is in their names.
package enum DemonstrationProfiles {
    package static let internet = CourtProfile(
        code: DemonstrationCode.internet, name: Words("獬豸演示互联网法院", "Xiezhi Demonstration Internet Court"),
        kind: .internet, province: "演", city: "演示市", zone: .china,
        address: Words("演示市数字路1号", "1 Digital Road, Demonstration City"), telephone: "000-12368",
        counterHours: Words("工作日 9:00–17:00", "Workdays 9:00 to 17:00"),
        appealCourt: Words("獬豸演示中级人民法院", "Xiezhi Demonstration Intermediate Court"), isDemonstration: true,
        smallClaimsMaximum: 60_000_00, smallClaimsAgreedMaximum: 240_000_00)

    package static let appeal = CourtProfile(
        code: DemonstrationCode.appeal, name: Words("獬豸演示中级人民法院", "Xiezhi Demonstration Intermediate Court"),
        kind: .intermediate, province: "演", city: "演示市", zone: .china,
        address: Words("演示市公正路2号", "2 Justice Road, Demonstration City"), telephone: "000-12368",
        counterHours: Words("工作日 9:00–17:00", "Workdays 9:00 to 17:00"),
        appealCourt: Words("獬豸演示高级人民法院", "Xiezhi Demonstration High Court"), isDemonstration: true)

    package static let basic = CourtProfile(
        code: DemonstrationCode.basic, name: Words("獬豸演示区人民法院", "Xiezhi Demonstration District Court"),
        kind: .basic, province: "演", city: "演示市", zone: .china,
        address: Words("演示市为民路3号", "3 People's Road, Demonstration City"), telephone: "000-12368",
        counterHours: Words("工作日 9:00–17:00", "Workdays 9:00 to 17:00"),
        appealCourt: Words("獬豸演示中级人民法院", "Xiezhi Demonstration Intermediate Court"), isDemonstration: true,
        smallClaimsMaximum: 60_000_00, smallClaimsAgreedMaximum: 240_000_00)
}
