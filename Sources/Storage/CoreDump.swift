import Foundation

/// The memory of a process that has opened a court holds keys and clear text; a crash must not leave it on a disk.
enum CoreDump {
    /// Switches core dumps off for this process and those it starts.
    ///
    /// The limit is one byte rather than none: Linux writes no file that small, and takes exactly this value as the word
    /// not to hand the memory to a program either, which a limit of zero doesn't stop.
    static func switchOff() {
        var limit = rlimit(rlim_cur: 1, rlim_max: 1)
        // A hard limit of zero cannot be raised again, and then nothing is written to files.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    }
}
