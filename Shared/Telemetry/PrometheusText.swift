/// Prometheus' text format, version 0.0.4.
struct PrometheusText {
    private(set) var bytes: [UInt8] = []

    /// Labels as they stand between the braces: `a="1",b="2"`.
    static func labels(names: [String], values: [String]) -> String {
        zip(names, values).map { name, value in "\(name)=\"\(escaped(value, quotes: true))\"" }.joined(separator: ",")
    }

    mutating func append(_ family: MetricFamily) {
        line("# HELP \(family.name) \(Self.escaped(family.help, quotes: false))")
        line("# TYPE \(family.name) \(family.kind.rawValue)")
        for labels in family.series.keys.sorted() {
            switch family.series[labels] {
            case .counter(let counter): sample(family.name, labels, String(counter.value))
            case .gauge(let gauge): sample(family.name, labels, Self.number(gauge.value))
            case .histogram(let histogram): append(histogram, family.name, labels)
            case nil: break
            }
        }
    }

    private mutating func append(_ histogram: Histogram, _ name: String, _ labels: String) {
        let snapshot = histogram.snapshot
        let comma = labels.isEmpty ? "" : ","
        var total = 0
        for (bound, count) in zip(histogram.buckets + [.infinity], snapshot.counts) {
            total += count
            sample("\(name)_bucket", "\(labels)\(comma)le=\"\(Self.number(bound))\"", String(total))
        }
        sample("\(name)_sum", labels, Self.number(snapshot.sum))
        sample("\(name)_count", labels, String(total))
    }

    private mutating func sample(_ name: String, _ labels: String, _ value: String) {
        line(labels.isEmpty ? "\(name) \(value)" : "\(name){\(labels)} \(value)")
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Whole numbers without decimals, so that a bound reads as every other exporter writes it.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
