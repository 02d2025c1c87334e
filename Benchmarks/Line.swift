import NIOCore
import NIOHTTP1
import NIOPosix

/// One keep-alive connection to the server, from an address of its own: one request after another.
struct Line {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: ByteBuffer

        var text: String { String(buffer: body) }

        /// The value of a cookie it sets.
        func cookie(_ name: String) -> String? {
            headers["set-cookie"].compactMap { header -> String? in
                let pair = header.prefix { $0 != ";" }
                return pair.hasPrefix("\(name)=") ? String(pair.dropFirst(name.count + 1)) : nil
            }.first
        }
    }

    struct Broken: Error {}

    private var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
    private let authority: String

    /// - Parameter address: of this machine (127.x.y.z), so that the server's limits see as many clients as there are.
    static func open<Result>(
        port: Int, from address: String = "127.0.0.1", _ use: (inout Line) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(to: SocketAddress(ipAddress: address, port: 0))
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var line = Line(
                inbound: inbound.makeAsyncIterator(), outbound: outbound, authority: "127.0.0.1:\(port)")
            return try await use(&line)
        }
    }

    mutating func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders = [:], body: ByteBuffer? = nil
    ) async throws -> Answer {
        try await send(method, path, headers, bytes: body?.readableBytes) { body }
    }

    /// The same with a body that is sent part after part, so that it is nowhere whole.
    ///
    /// - Parameter part: the next part, asked for until there are as many bytes as were announced.
    mutating func send(
        _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, bytes: Int?, part: () throws -> ByteBuffer?
    ) async throws -> Answer {
        var headers = headers
        headers.add(name: "host", value: authority)
        if let bytes { headers.add(name: "content-length", value: String(bytes)) }
        try await outbound.write(.head(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers)))
        var left = bytes ?? 0
        while left > 0, let part = try part() {
            left -= part.readableBytes
            try await outbound.write(.body(.byteBuffer(part)))
        }
        try await outbound.write(.end(nil))
        var head: HTTPResponseHead?
        var received = ByteBuffer()
        while let part = try await inbound.next() {
            switch part {
            case .head(let got): head = got
            case .body(var bytes): received.writeBuffer(&bytes)
            case .end:
                guard let head else { throw Broken() }
                return Answer(status: Int(head.status.code), headers: head.headers, body: received)
            }
        }
        throw Broken()
    }
}
