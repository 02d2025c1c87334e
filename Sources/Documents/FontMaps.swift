import CPango
import Synchronization

/// A Pango font map: the fonts it has opened and the shapes it has looked up.
///
/// Pango ties a map to no thread and only forbids two at once.
struct FontMap: @unchecked Sendable {  // safe: `FontMaps` lends it to one drawing at a time
    let pointer: UnsafeMutablePointer<PangoFontMap>
    let families: Set<String>

    fileprivate init() {
        pointer = pango_cairo_font_map_new()
        var list: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
        var count: Int32 = 0
        pango_font_map_list_families(pointer, &list, &count)
        var families: Set<String> = []
        for index in 0..<Int(count) {
            if let name = list?[index].flatMap({ pango_font_family_get_name($0) }) {
                families.insert(String(cString: name))
            }
        }
        g_free(list)
        self.families = families
    }
}

/// Font maps kept warm between drawings: the first one of a map costs a few tenths of a second.
final class FontMaps: Sendable {
    static let shared = FontMaps()
    private let idle = Mutex<[FontMap]>([])
    private static let kept = 4

    func lend<Result>(_ draw: (FontMap) throws -> Result) throws -> Result {
        let map = idle.withLock { $0.popLast() } ?? FontMap()
        defer {
            let surplus = idle.withLock { maps in
                guard maps.count >= Self.kept else {
                    maps.append(map)
                    return false
                }
                return true
            }
            if surplus { g_object_unref(map.pointer) }
        }
        return try draw(map)
    }
}
