import NIOCore

/// Lets a connection that brings much be read in larger parts: an upload changes threads once for each of them.
///
/// The part grows with what arrives and shrinks again, so that a page's request needs no more memory than before.
package final class LargerReads: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny

    private static let largest = 1 << 20

    package init() {}

    package func handlerAdded(context: ChannelHandlerContext) {
        // Where the channel has no such option it reads as it always did.
        let allocator = AdaptiveRecvByteBufferAllocator(minimum: 1_024, initial: 4_096, maximum: Self.largest)
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    }
}
