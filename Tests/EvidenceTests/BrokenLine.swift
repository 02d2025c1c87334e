import Foundation

/// A telephone that loses its line in the middle of a request.
enum BrokenLine {
    /// Promises all bytes, sends the first of them, and is gone.
    static func patch(_ place: String, port: Int, promising all: [UInt8], sending count: Int) throws {
        let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard line >= 0 else { throw POSIXError(.EIO) }
        defer { close(line) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw POSIXError(.ECONNREFUSED) }
        let head = """
            PATCH \(place) HTTP/1.1\r
            Host: localhost\r
            Authorization: Bearer seller\r
            Tus-Resumable: 1.0.0\r
            Upload-Offset: 0\r
            Content-Type: application/offset+octet-stream\r
            Content-Length: \(all.count)\r
            \r

            """
        let bytes = Array(head.utf8) + all.prefix(count)
        var sent = 0
        while sent < bytes.count {
            let written = bytes[sent...].withUnsafeBytes { send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard written > 0 else { throw POSIXError(.EPIPE) }
            sent += written
        }
    }
}
