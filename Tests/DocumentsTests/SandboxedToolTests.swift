import Foundation
import Procedure
import Testing

@testable import Documents

@Suite("Programs in the sandbox")
struct SandboxedToolTests {
    let places = Places(2)
    let bytes = Array("内容\n".utf8)

    private func shell(_ limits: SandboxedTool.Limits = .init()) -> SandboxedTool {
        SandboxedTool("/usr/bin/bash", limits: limits, places: places)
    }

    @Test("a tool reads the document and answers")
    func reads() async throws {
        let pdf = try PDFDrawing().draw(Samples.receipt, at: Samples.drawnAt)
        let qpdf = SandboxedTool("/usr/bin/qpdf", places: places)
        let pages = try await qpdf.run(["--show-npages", SandboxedTool.input], on: pdf)
        #expect(String(decoding: pages, as: UTF8.self) == "1\n")
        let pdftotext = SandboxedTool("/usr/bin/pdftotext", places: places)
        let text = try await pdftotext.run([SandboxedTool.input, "-"], on: pdf)
        #expect(String(decoding: text, as: UTF8.self).contains("收到诉讼材料凭证"))
    }

    @Test("a file the tool cannot read is refused with the tool's own words")
    func refuses() async throws {
        let qpdf = SandboxedTool("/usr/bin/qpdf", places: places)
        do {
            _ = try await qpdf.run(["--show-npages", SandboxedTool.input], on: bytes)
            Issue.record("junk was taken for a PDF")
        } catch ToolFailure.refused(_, let code, let complaint) {
            #expect(code == 2)
            #expect(complaint.contains("PDF"))
        }
    }

    @Test("inside there is no network, no home, no server folder and nothing to write but its own scratch")
    func confined() async throws {
        let script = """
            cat /input; ls -A /home /root /var /work 2>/dev/null | wc -l; wc -l < /proc/net/route
            echo x > /input && echo wrote; echo x > /usr/x && echo wrote; echo x > /tmp/x && echo scratch
            """
        let output = try await shell().run(["-c", script], on: bytes)
        #expect(String(decoding: output, as: UTF8.self) == "内容\n0\n1\nscratch\n")
    }

    @Test("too long, too much, too large: each is its own failure")
    func limits() async throws {
        await #expect(throws: ToolFailure.timedOut(tool: "/usr/bin/bash")) {
            try await shell(.init(seconds: 1)).run(["-c", "sleep 60"], on: bytes)
        }
        await #expect(throws: ToolFailure.tooMuchOutput(tool: "/usr/bin/bash")) {
            try await shell(.init(outputBytes: 1_000)).run(["-c", "while :; do echo 0123456789; done"], on: bytes)
        }
        await #expect(throws: ToolFailure.tooMuchInput(tool: "/usr/bin/bash", bytes: bytes.count)) {
            try await shell(.init(inputBytes: 3)).run(["-c", "true"], on: bytes)
        }
        await #expect(throws: ToolFailure.killed(tool: "/usr/bin/bash", signal: 11)) {
            try await shell().run(["-c", "kill -SEGV $$"], on: bytes)
        }
        await #expect(throws: ToolFailure.self) {
            try await shell(.init(memoryBytes: 64 << 20)).run(
                ["-c", "x=$(head -c 99999999 /dev/zero | tr '\\0' a)"], on: bytes)
        }
    }

    @Test("a program that is not installed is said to be missing")
    func missing() async throws {
        let absent = SandboxedTool("/usr/bin/no-such-program", places: places)
        await #expect(throws: ToolFailure.missing(tool: "/usr/bin/no-such-program")) {
            try await absent.run([], on: bytes)
        }
    }

    @Test("a cancelled run ends with its program, and its place is free again")
    func cancelled() async throws {
        let one = Places(1)
        let tool = SandboxedTool("/usr/bin/bash", places: one)
        let bytes = bytes
        let sleeping = Task { try await tool.run(["-c", "sleep 600"], on: bytes) }
        let waiting = Task { try await tool.run(["-c", "sleep 600"], on: bytes) }
        await Task.yield()
        waiting.cancel()
        sleeping.cancel()
        await #expect(throws: CancellationError.self) { try await sleeping.value }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(try await tool.run(["-c", "cat /input"], on: bytes) == bytes)
    }

    @Test("however early a run is cancelled, nothing of it stays behind")
    func nothingStaysBehind() async throws {
        // A number of seconds that nobody else sleeps, to know our own by.
        let marker = "sleep 86399.\(UInt32.random(in: 100_000_000...999_999_999))"
        let bytes = bytes
        for delay in 0..<60 {
            let run = Task { try await shell().run(["-c", "\(marker) & \(marker)"], on: bytes) }
            try await Task.sleep(for: .microseconds(delay * 400))
            run.cancel()
            await #expect(throws: CancellationError.self) { try await run.value }
        }
        // A killed process takes a moment to go.
        for _ in 0..<200 where try !running(marker).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
        #expect(try running(marker) == [])
    }

    private func running(_ words: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { process in
            guard Int(process) != nil, let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
            else {
                return false
            }
            return String(decoding: line.map { $0 == 0 ? 32 : $0 }, as: UTF8.self).contains(words)
        }
    }

    @Test("never more at once than there are places, and everybody gets a turn")
    func bounded() async throws {
        let places = Places(3)
        let counter = Counter()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await places.withPlace {
                        await counter.enter()
                        await Task.yield()
                        await counter.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(await counter.most <= 3)
        #expect(await counter.total == 200)
    }

    private actor Counter {
        private var inside = 0
        private(set) var most = 0
        private(set) var total = 0

        func enter() {
            inside += 1
            total += 1
            most = max(most, inside)
        }

        func leave() { inside -= 1 }
    }
}
