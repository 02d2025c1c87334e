import Procedure

/// What happened in a case since a page of the desk was drawn, a line each.
enum DeskNews {
    static func line(_ entry: Entry, zone: CourtZone) -> Words {
        let what = words(of: entry.act)
        let day = zone.day(of: entry.entered).rawValue
        let clock = zone.clock(of: entry.entered)
        return Words("\(day) \(clock)：\(what.zh)", "\(day) \(clock): \(what.en)")
    }

    private static func words(of act: Act) -> Words {
        switch act {
        case .filing(.submitted): Words("原告提交起诉状", "the complaint was sent")
        case .filing(.correctionRequested): Words("已通知补正", "correction was asked for")
        case .filing(.corrected): Words("原告提交补正材料", "the corrected complaint came in")
        case .filing(.returned): Words("起诉材料已退回", "the papers were returned")
        case .filing(.transferAdvised): Words("已告知有管辖权的法院", "the competent court was named")
        case .filing(.insisted): Words("原告坚持起诉", "the plaintiff insists")
        case .filing(.declined): Words("已裁定不予受理", "a judge ruled not to accept the suit")
        case .filing(.docketed(let body)):
            Words("已立案，案号\(body.number)", "the case was docketed as \(body.number)")
        case .service(.addressConfirmed): Words("当事人确认送达地址", "a party confirmed the address for service")
        case .closing(.closed): Words("案件终结", "the case ended")
        default: Words("卷宗有新的记录", "the docket has a new entry")
        }
    }
}
