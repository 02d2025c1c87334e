import Hummingbird
import NIOCore

/// A body that ends with an error when it grows past its limit, whatever its headers promised.
struct LimitedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    let body: RequestBody
    let limit: Int

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: RequestBody.AsyncIterator
        let limit: Int
        var seen = 0

        mutating func next() async throws -> ByteBuffer? {
            guard let part = try await parts.next() else { return nil }
            seen += part.readableBytes
            guard seen <= limit else { throw TooLarge(maximumBytes: limit) }
            return part
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: body.makeAsyncIterator(), limit: limit) }
}
