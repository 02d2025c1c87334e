/// Shapes of what several areas send and answer.
extension Shape {
    /// The fields of a form: each with the values typed, in order.
    package static let fields = Shape.map(.list(.text(0...20_000), atMost: 100), atMost: Form.maximumFields)

    /// What an autosave is answered.
    package static let saved = Shape.object(.init("saved", .instant), .init("version", .count))

    /// The court's signed answer to a submission, which the person keeps.
    package static let signedAnswer = Shape.object(
        .init("format", .said), .init("court", .said), .init("account", .said), .init("docket", .said),
        .init("entry", .said), .init("content", .said), .init("document", .said), .init("time", .said),
        .init("key", .said), .init("signature", .said))
}
