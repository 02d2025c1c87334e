import Logging
import Procedure
import ServiceLifecycle
import Storage

/// Does one kind of effect. Outcomes come back as commands of the system, through the registry.
package struct EffectHandler: Sendable {
    package let kind: String
    package let perform: @Sendable (Effect) async throws -> Void

    package init(kind: String, perform: @escaping @Sendable (Effect) async throws -> Void) {
        self.kind = kind
        self.perform = perform
    }
}

/// Works off the outbox, one effect after another, as a service the process starts and stops.
package struct OutboxWorker: Service {
    private let registry: Registry
    private let handlers: [String: EffectHandler]
    private let logger: Logger

    package init(registry: Registry, handlers: [EffectHandler], logger: Logger) {
        self.registry = registry
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
        self.logger = logger
    }

    package func run() async throws {
        try await registry.store.follow("xiezhi_outbox") { await drain() }
    }

    /// Does everything that is due now.
    package func drain() async {
        while !Task.isCancelled {
            do {
                let now = registry.clock.now
                guard let taken = try await registry.store.write({ try Outbox.take(at: now, in: $0) }) else { return }
                await perform(taken.effect, attempts: taken.attempts)
            } catch {
                logger.warning("outbox unavailable", metadata: ["error": "\(type(of: error))"])
                return
            }
        }
    }

    private func perform(_ effect: Effect, attempts: Int) async {
        let outcome: String?
        if let handler = handlers[effect.kind] {
            do {
                try await handler.perform(effect)
                outcome = nil
            } catch {
                outcome = (error as? Refusal)?.code ?? "\(type(of: error))"
            }
        } else {
            outcome = "no-handler"
        }
        do {
            try await registry.store.write { transaction in
                if let outcome {
                    try Outbox.fail(effect.key, attempts: attempts, failure: outcome, in: transaction)
                } else {
                    try Outbox.finish(effect.key, in: transaction)
                }
            }
        } catch {
            logger.warning("outbox outcome not kept", metadata: ["effect": "\(effect.kind)"])
        }
        if let outcome {
            logger.warning(
                "effect failed",
                metadata: ["effect": "\(effect.kind)", "failure": "\(outcome)", "attempts": "\(attempts)"])
        }
    }
}
