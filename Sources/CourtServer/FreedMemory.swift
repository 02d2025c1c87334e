import CMalloc

/// What the process does with memory it has given back.
enum FreedMemory {
    /// Keeps a few MiB of it per thread for the next piece of an upload or page of a list, instead of handing them back
    /// to the system and having every page cleared again: half of the time of an upload went there.
    static func keepSome() {
        #if canImport(Glibc)
            // A hint: where it is refused, the court is only slower.
            _ = mallopt(M_MMAP_THRESHOLD, 4 << 20)
            _ = mallopt(M_TRIM_THRESHOLD, 8 << 20)
        #endif
    }
}
