import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Why an outside program gave no result. What it worked on "could not be read"; the server is unharmed.
package enum ToolFailure: Error, Hashable, Sendable {
    /// The program, `bwrap` or `prlimit` is not installed at the given path.
    case missing(tool: String)
    /// It ended with another code than 0; with the last of what it complained of.
    case refused(tool: String, code: Int32, complaint: String)
    /// It crashed, or went beyond its memory or processor time.
    case killed(tool: String, signal: Int32)
    case timedOut(tool: String)
    case tooMuchOutput(tool: String)
    case tooMuchInput(tool: String, bytes: Int)
    /// The program could not be started or spoken to at all.
    case unavailable(tool: String, reason: String)
}

/// An outside program shut in with one file: no network, no other file, bounded memory, time and output.
///
/// Runs under bubblewrap and prlimit. The input stays in memory: it goes through a pipe into the sandbox, where the
/// program finds it as `SandboxedTool.input`. Nothing is passed through a shell.
package struct SandboxedTool: Sendable {
    /// Where the program finds what it is to work on.
    package static let input = "/input"

    /// The bounds of one run.
    package struct Limits: Hashable, Sendable {
        package var seconds: Int
        package var memoryBytes: Int
        package var inputBytes: Int
        package var outputBytes: Int

        package init(
            seconds: Int = 20, memoryBytes: Int = 1 << 30, inputBytes: Int = 256 << 20, outputBytes: Int = 64 << 20
        ) {
            self.seconds = seconds
            self.memoryBytes = memoryBytes
            self.inputBytes = inputBytes
            self.outputBytes = outputBytes
        }
    }

    private let path: String
    private let limits: Limits
    private let places: Places

    /// - Parameters:
    ///   - path: the program's full path below `/usr`; only system folders exist in the sandbox.
    ///   - places: how many programs run at once, shared by all tools of the server.
    package init(_ path: String, limits: Limits = Limits(), places: Places) {
        self.path = path
        self.limits = limits
        self.places = places
    }

    /// A tool that ends before it has read everything is a failed write here, never the end of this process.
    private static let outlivesItsTools: Void = { _ = signal(SIGPIPE, SIG_IGN) }()

    /// Runs the program on some bytes and returns what it wrote.
    ///
    /// - Throws: `ToolFailure`, or `CancellationError` when the task is cancelled; the program is then killed.
    package func run(_ arguments: [String], on bytes: [UInt8]) async throws -> [UInt8] {
        _ = Self.outlivesItsTools
        guard bytes.count <= limits.inputBytes else { throw ToolFailure.tooMuchInput(tool: path, bytes: bytes.count) }
        return try await places.withPlace {
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                group.addTask { try await start(arguments, on: bytes) }
                group.addTask {
                    try await Task.sleep(for: .seconds(limits.seconds))
                    throw ToolFailure.timedOut(tool: path)
                }
                // Whichever ends first decides; the other is cancelled, and a cancelled program is killed.
                defer { group.cancelAll() }
                guard let output = try await group.next() else { throw CancellationError() }
                return output
            }
        }
    }

    private func start(_ arguments: [String], on bytes: [UInt8]) async throws -> [UInt8] {
        do {
            let result = try await Subprocess.run(
                .path("/usr/bin/prlimit"), arguments: Arguments(confinement + [path] + arguments),
                environment: .custom(["LANG": "C.UTF-8", "PATH": "/usr/bin"]), platformOptions: ownSession,
                input: .array(bytes),
                output: .bytes(limit: limits.outputBytes), error: .bytes(limit: 1 << 20))
            try Task.checkCancellation()
            switch result.terminationStatus {
            case .exited(0): return result.standardOutput
            case .exited(let code) where code > 128:
                // bwrap reports the signal that ended its program as a shell would.
                throw ToolFailure.killed(tool: path, signal: code - 128)
            case .exited(let code):
                let complaint = String(decoding: result.standardError.suffix(500), as: UTF8.self)
                let missing = complaint.contains("execvp") || complaint.contains("failed to execute")
                throw missing
                    ? ToolFailure.missing(tool: path) : .refused(tool: path, code: code, complaint: complaint)
            case .signaled(let signal): throw ToolFailure.killed(tool: path, signal: signal)
            }
        } catch let error as SubprocessError {
            try Task.checkCancellation()
            switch error.code {
            case .outputLimitExceeded: throw ToolFailure.tooMuchOutput(tool: path)
            case .executableNotFound: throw ToolFailure.missing(tool: "/usr/bin/prlimit")
            default: throw ToolFailure.unavailable(tool: path, reason: error.description)
            }
        }
    }

    /// A session of its own, without a terminal, that is killed as one.
    ///
    /// bwrap's `--new-session` would take the program out of reach: killed while it is still setting up, bwrap leaves
    /// the program running in spite of `--die-with-parent`.
    private var ownSession: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(100))
        ]
        return options
    }

    private var confinement: [String] {
        [
            "--as=\(limits.memoryBytes)", "--cpu=\(limits.seconds)", "--core=0", "--",
            "/usr/bin/bwrap", "--unshare-all", "--die-with-parent",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--symlink", "usr/bin", "/bin", "--ro-bind-try", "/etc/fonts", "/etc/fonts",
            "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
            "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--chdir", "/tmp",
            "--ro-bind-data", "0", Self.input, "--",
        ]
    }
}
