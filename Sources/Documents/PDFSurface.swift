import CPango

/// A Cairo PDF surface that writes into memory.
enum PDFSurface {
    private final class Sink {
        var bytes: [UInt8] = []
    }

    /// - Parameter body: draws with the surface and its context; what it throws abandons the file.
    static func draw<Result>(
        width: Double, height: Double, _ body: (_ surface: OpaquePointer, _ cairo: OpaquePointer) throws -> Result
    ) throws -> ([UInt8], Result) {
        let sink = Sink()
        let write: cairo_write_func_t = { closure, data, count in
            guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
            Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes
                .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
            return CAIRO_STATUS_SUCCESS
        }
        // Cairo holds the sink by address until the surface is finished, which is before this returns.
        return try withExtendedLifetime(sink) {
            guard
                let surface = cairo_pdf_surface_create_for_stream(
                    write, Unmanaged.passUnretained(sink).toOpaque(), width, height)
            else { throw DrawingError.cairo("no surface") }
            defer {
                cairo_surface_finish(surface)
                cairo_surface_destroy(surface)
            }
            // PDF 1.4 keeps later Cairos to the plain cross-reference table that `PDFFile` reads.
            cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4)
            guard let cairo = cairo_create(surface) else { throw DrawingError.cairo("no context") }
            defer { cairo_destroy(cairo) }
            let result = try body(surface, cairo)
            try check(cairo_status(cairo))
            cairo_surface_finish(surface)
            try check(cairo_surface_status(surface))
            return (sink.bytes, result)
        }
    }

    private static func check(_ status: cairo_status_t) throws {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw DrawingError.cairo(
            cairo_status_to_string(status).map { String(cString: $0) } ?? "status \(status.rawValue)")
    }
}
