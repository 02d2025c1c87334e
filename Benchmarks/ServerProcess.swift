import Foundation
import Synchronization

/// The real server, as a process of its own beside the one that measures.
final class ServerProcess: Sendable {
    let port: Int
    /// From the start of the process to its first answer.
    let firstAnswerAfter: Duration
    private let process: Mutex<Process>
    let pid: Int32

    struct DidNotStart: Error, CustomStringConvertible {
        let log: String
        var description: String { "The server did not answer within a minute; see \(log)." }
    }

    /// Starts the server on a court and waits for its home page.
    static func start(_ bench: Bench, court: String, port: Int) async throws -> ServerProcess {
        let log = "\(court).log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: bench.server)
        process.arguments = ["serve", "--data", court, "--port", "\(port)"]
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        process.standardError = process.standardOutput
        let began = ContinuousClock.now
        try process.run()
        while began.duration(to: .now) < .seconds(60), process.isRunning {
            let answer = try? await Line.open(port: port) { try await $0.send(.GET, "/", ["accept": "text/html"]) }
            if answer?.status == 200 {
                return ServerProcess(process, port: port, firstAnswerAfter: began.duration(to: .now))
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        if process.isRunning { process.terminate() }
        throw DidNotStart(log: log)
    }

    /// Which servers run, so that none is left behind when the measuring is broken off.
    private static let running = Mutex<Set<Int32>>([])

    /// Ends every server, then this process, when it is told to stop.
    static func stopAllWhenInterrupted() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                for pid in running.withLock({ $0 }) { kill(pid, SIGTERM) }
                exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    private init(_ process: sending Process, port: Int, firstAnswerAfter: Duration) {
        let pid = process.processIdentifier
        self.pid = pid
        _ = Self.running.withLock { $0.insert(pid) }
        self.port = port
        self.firstAnswerAfter = firstAnswerAfter
        self.process = Mutex(process)
    }

    func stop() {
        process.withLock { process in
            process.terminate()
            process.waitUntilExit()
        }
        _ = Self.running.withLock { [pid] in $0.remove(pid) }
    }

    /// Resident memory now, in MiB.
    var memory: Double { Self.status("VmRSS", of: pid) }
    /// The most it ever had, in MiB.
    var peakMemory: Double { Self.status("VmHWM", of: pid) }

    private static func status(_ name: String, of pid: Int32) -> Double {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
        return (number ?? .nan) / 1_024
    }
}
