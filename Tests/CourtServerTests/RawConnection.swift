import Foundation

/// A connection that says exactly what it is told to, and hears what comes back, byte for byte.
final class RawConnection: Sendable {
    private let line: Int32

    init(port: Int) throws {
        line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = Self.loopback(port)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            close(line)
            throw POSIXError(.ECONNREFUSED)
        }
    }

    deinit { close(line) }

    /// A port that was free a moment ago.
    static func freePort() throws -> Int {
        let probe = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(probe) }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let named = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(probe, $0, length) == 0 && getsockname(probe, $0, &length) == 0
            }
        }
        guard named else { throw POSIXError(.EADDRNOTAVAIL) }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Foundation.send(line, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw POSIXError(.EPIPE)
        }
    }

    /// What comes in until it ends with these words or holds them; until the other side closes, where there are none.
    ///
    /// Waits on a thread of its own, so that what is waited for has the others.
    func text(until words: String?) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try self.receive(until: words) }) }
        }
    }

    private func receive(until words: String?) throws -> String {
        var received: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(line, &piece, piece.count, 0)
            guard count >= 0 else { throw POSIXError(.ECONNRESET) }
            received += piece.prefix(count)
            let text = String(decoding: received, as: UTF8.self)
            if let words, text.contains(words) { return text }
            guard count > 0 else { return text }
        }
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
