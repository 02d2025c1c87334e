import Procedure
import Storage

/// The register of accounts (专用账号): who there is, how they sign in, what they hold.
///
/// Use cases lie in files of their own beside this one. Those that the law gives an effect take a closure that enters
/// the acts in the same transaction; if it throws, nothing was done.
package struct AccountRegister: Sendable {
    package let settings: AccountSettings
    let store: Store
    let keys: AccountKeys
    let hasher: PasswordHasher
    let clock: @Sendable () -> Instant
    let seen: SessionCache

    /// - Parameter clock: the court's clock; a demonstration court moves it.
    package init(
        store: Store, key: CourtKey, settings: AccountSettings, hasher: PasswordHasher = PasswordHasher(),
        clock: @escaping @Sendable () -> Instant
    ) {
        self.store = store
        self.settings = settings
        self.hasher = hasher
        self.clock = clock
        keys = AccountKeys(key)
        seen = SessionCache(life: settings.sessionCacheLife)
    }

    var throttle: Throttle { Throttle(keys: keys, settings: settings) }
}
