/// A face of the court: the public one for parties, the chambers one for staff. A route of the other face does not exist.
package enum Face: String, CaseIterable, Codable, Sendable {
    /// For parties and everybody (对外服务).
    case `public`
    /// For judges, clerks, administrators (法官工作区); also the only place for metrics.
    case chambers
    /// A route that both have; a process that serves both, as a small court or a demonstration does.
    case both

    package func serves(_ route: Face) -> Bool { self == .both || route == .both || self == route }
}
