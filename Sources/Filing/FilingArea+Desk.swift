import Docket
import Storage
import Web

extension FilingArea {
    /// The working tables of the court's side.
    static let deskMigrations: [Migration] = FilingDesk.migrations

    var desk: FilingDesk {
        FilingDesk(
            registry: registry, press: press, bench: BenchJudge.registered(in: accounts), forms: forms,
            confirm: confirm)
    }

    func mountDesk(on routes: inout Routes) { desk.mount(on: &routes) }

    var deskHandlers: [EffectHandler] { desk.handlers }
}
