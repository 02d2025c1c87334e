import CoreMetrics
import Synchronization

/// Keeps what is measured in memory and writes it in Prometheus' text format. Only for labels with few values: never a
/// case, a person or a path.
package final class PrometheusMetrics: MetricsFactory, Sendable {
    /// Upper bounds of the duration buckets, in seconds.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    /// More label combinations than this are a mistake of ours; they are counted together instead of filling memory.
    static let maximumSeries = 5_000

    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    fileprivate struct Key: Hashable {
        let name: String
        let labels: String
    }

    fileprivate final class Series: Sendable {
        struct Value {
            var number = 0.0
            var buckets = [UInt64](repeating: 0, count: PrometheusMetrics.bounds.count)
            var count: UInt64 = 0
        }

        let kind: Kind
        let value = Mutex(Value())
        init(_ kind: Kind) { self.kind = kind }
    }

    private let series = Mutex<[Key: Series]>([:])

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        Handler(series: find(label, dimensions, .counter))
    }

    package func makeFloatingPointCounter(label: String, dimensions: [(String, String)])
        -> any FloatingPointCounterHandler
    {
        Handler(series: find(label, dimensions, .counter))
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        Handler(series: find(label, dimensions, .gauge))
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        Handler(series: find(label, dimensions, aggregate ? .histogram : .gauge))
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        Handler(series: find(label, dimensions, .histogram))
    }

    // Series live as long as the process; what was counted stays counted.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}

    private func find(_ label: String, _ dimensions: [(String, String)], _ kind: Kind) -> Series {
        let labels = dimensions.map { "\(Self.plain($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
        let key = Key(name: Self.plain(label), labels: labels)
        return series.withLock { series in
            if let found = series[key] { return found }
            let kept = series.count < Self.maximumSeries ? key : Key(name: key.name, labels: "other=\"true\"")
            let found = series[kept] ?? Series(kind)
            series[kept] = found
            return found
        }
    }

    /// The whole page of `/metrics`, in a stable order.
    package func text() -> String {
        let all = series.withLock { $0 }
        var text = ""
        for (name, series) in Dictionary(grouping: all, by: \.key.name).sorted(by: { $0.key < $1.key }) {
            guard let kind = series.first?.value.kind else { continue }
            text += "# TYPE \(name) \(kind.rawValue)\n"
            for (key, series) in series.sorted(by: { $0.key.labels < $1.key.labels }) {
                text += Self.lines(name, key.labels, series)
            }
        }
        return text
    }

    private static func lines(_ name: String, _ labels: String, _ series: Series) -> String {
        let value = series.value.withLock { $0 }
        let braced = labels.isEmpty ? "" : "{\(labels)}"
        guard series.kind == .histogram else { return "\(name)\(braced) \(number(value.number))\n" }
        var text = ""
        var running: UInt64 = 0
        let comma = labels.isEmpty ? "" : ","
        for (bound, count) in zip(bounds, value.buckets) {
            running += count
            text += "\(name)_bucket{\(labels)\(comma)le=\"\(number(bound))\"} \(running)\n"
        }
        text += "\(name)_bucket{\(labels)\(comma)le=\"+Inf\"} \(value.count)\n"
        return text + "\(name)_sum\(braced) \(number(value.number))\n\(name)_count\(braced) \(value.count)\n"
    }

    private static func number(_ value: Double) -> String {
        value.rounded() == value && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func plain(_ name: String) -> String {
        String(
            name.unicodeScalars.map {
                $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) ? Character($0) : "_"
            })
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    /// One handler for all kinds: the series knows what it is.
    private final class Handler: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler,
        TimerHandler
    {
        let series: Series

        init(series: Series) { self.series = series }

        private func add(_ amount: Double) { series.value.withLock { $0.number += amount } }
        private func observe(_ value: Double) {
            series.value.withLock { state in
                if series.kind == .gauge {
                    state.number = value
                    return
                }
                state.number += value
                state.count += 1
                if let index = PrometheusMetrics.bounds.firstIndex(where: { value <= $0 }) { state.buckets[index] += 1 }
            }
        }

        func increment(by amount: Int64) { add(Double(amount)) }
        func increment(by amount: Double) { add(amount) }
        func decrement(by amount: Double) { add(-amount) }
        func set(_ value: Int64) { series.value.withLock { $0.number = Double(value) } }
        func set(_ value: Double) { series.value.withLock { $0.number = value } }
        func record(_ value: Int64) { observe(Double(value)) }
        func record(_ value: Double) { observe(value) }
        func recordNanoseconds(_ duration: Int64) { observe(Double(duration) / 1e9) }
        func reset() { series.value.withLock { $0 = Series.Value() } }
    }
}
