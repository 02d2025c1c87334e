import Hummingbird
import NIOCore
import Web

/// The bytes of one request, told apart from our own failures: when they stop coming, the line broke.
struct UploadBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    let body: RequestBody

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: RequestBody.AsyncIterator

        mutating func next() async throws -> ByteBuffer? {
            do {
                return try await parts.next()
            } catch let large as TooLarge {
                throw large
            } catch {
                throw Problem.uploadLineBroke
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: body.makeAsyncIterator()) }
}
