import Procedure
import Storage

extension AccountRegister {
    /// Takes a one-time password or recovery code for one signature, in the session as it is.
    ///
    /// Each code is good once, as at sign-in; the session keeps its token.
    ///
    /// - Returns: which factor it was, for the signature.
    /// - Throws: `SecondFactorRefused`, `TooManyAttempts`.
    package func takeSigningFactor(_ typed: String, by viewer: Viewer) async throws -> Signature.Factor {
        let outcome = try await store.write { t -> SignInRecord.Outcome? in
            let now = clock()
            try throttle.admit(.secondFactor(viewer.account), at: now, in: t)
            guard let outcome = try use(typed, of: viewer.account, at: now, in: t) else { return nil }
            try throttle.clear(.secondFactor(viewer.account), in: t)
            return outcome
        }
        switch outcome {
        case .recoveryCode: return .recoveryCode
        case .some: return .timeCode
        case nil: throw SecondFactorRefused()
        }
    }
}
