import Hummingbird

/// The client's address, for limits. `X-Forwarded-For` counts only as far as proxies of ours have written it.
enum ClientAddress {
    static func of(_ request: Request, socket: String?, proxies: Set<String>) -> String {
        guard let socket else { return "unknown" }
        guard proxies.contains(socket), let header = request.headers[.forwardedFor] else { return socket }
        let hops = header.split(separator: ",").map { String($0).trimmed }
        // From the right: the first hop that is no proxy of ours is the one our proxy saw.
        return hops.last { !proxies.contains($0) } ?? socket
    }
}
