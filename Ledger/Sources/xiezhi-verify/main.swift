import Foundation
import Ledger

// 0: it verifies. 1: it does not, and stderr says why. 2: nothing could be checked.
do {
    let command = try Command(Array(CommandLine.arguments.dropFirst()))
    print(try command.run(now: UInt64(max(0, Date().timeIntervalSince1970))))
} catch let usage as Usage {
    FileHandle.standardError.write(Data("\(usage.reason)\n\n\(Usage.text)\n".utf8))
    exit(2)
} catch let failure as Unreadable {
    FileHandle.standardError.write(Data("\(failure.reason)\n".utf8))
    exit(2)
} catch let failure as VerificationFailure {
    FileHandle.standardError.write(Data("does not verify (\(failure.step.rawValue)): \(failure)\n".utf8))
    exit(1)
} catch {
    FileHandle.standardError.write(Data("does not verify: \(error)\n".utf8))
    exit(1)
}
