import Procedure

/// How long a session lives.
package struct SessionLimits: Hashable, Sendable {
    /// Without any request.
    package var idle: Duration
    /// From sign-in, whatever is done.
    package var absolute: Duration

    package init(idle: Duration, absolute: Duration) {
        self.idle = idle
        self.absolute = absolute
    }
}

/// How attempts are slowed: some are free, then each doubles the wait.
package struct ThrottleLimits: Hashable, Sendable {
    /// Attempts before the first wait.
    package var free: Int
    /// The first wait; it doubles with each further attempt.
    package var firstWait: Duration
    package var longestWait: Duration
    /// After so long without an attempt all is forgotten.
    package var forgetAfter: Duration

    package init(free: Int, firstWait: Duration, longestWait: Duration, forgetAfter: Duration) {
        self.free = free
        self.firstWait = firstWait
        self.longestWait = longestWait
        self.forgetAfter = forgetAfter
    }

    /// - Parameter attempts: how many there were, this one included.
    func wait(after attempts: Int) -> Duration {
        guard attempts > free else { return .zero }
        // 2^30 times any first wait is past every longest wait.
        return min(longestWait, firstWait * (1 << min(attempts - free - 1, 30)))
    }
}

/// What a court may set about accounts. Read once at start.
package struct AccountSettings: Hashable, Sendable {
    /// The court's name, as authenticator apps show it.
    package var issuer: String
    package var personSessions = SessionLimits(idle: .seconds(3_600), absolute: .seconds(24 * 3_600))
    package var staffSessions = SessionLimits(idle: .seconds(15 * 60), absolute: .seconds(12 * 3_600))
    /// Between the password and the second factor.
    package var pendingSignIn: Duration = .seconds(300)
    /// How long a code of enrolment is good.
    package var enrolment: Duration = .seconds(72 * 3_600)
    /// Wrong guesses at one account.
    package var perAccount = ThrottleLimits(
        free: 5, firstWait: .seconds(2), longestWait: .seconds(900), forgetAfter: .seconds(24 * 3_600))
    /// Guesses from one address: wider, since a law office has one address.
    package var perAddress = ThrottleLimits(
        free: 30, firstWait: .seconds(2), longestWait: .seconds(900), forgetAfter: .seconds(3_600))
    /// How long a session read once is believed; ended ones are seen everywhere after this.
    package var sessionCacheLife: Duration = .seconds(1)

    package init(issuer: String) { self.issuer = issuer }

    func limits(for kind: AccountKind) -> SessionLimits {
        switch kind {
        case .person: personSessions
        case .staff: staffSessions
        }
    }
}
