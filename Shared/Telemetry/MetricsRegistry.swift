public import Runtime
internal import Synchronization

/// All numbers that one process shows to Prometheus.
///
/// The same name with the same labels gives the same instrument; keep it rather than asking again, since asking takes a
/// lock and renders the labels. Names, label names and buckets are the program's own constants: a wrong one, or a
/// second use of a name with another type, help or label names, is a bug and stops the process at once. Label values
/// may be anything, but few: after `seriesMax` of a name, further ones share one series whose label values are
/// `overflow`.
public final class MetricsRegistry: Sendable {
    /// The most series that one name may have.
    public static let seriesMax = 1_000

    private let families = Mutex<[String: MetricFamily]>([:])

    /// A registry with nothing in it.
    public init() {}

    /// The counter of this name and these labels. The name ends in `_total`.
    public func counter(_ name: String, help: String, labels: [(String, String)] = []) -> Counter {
        let instrument = instrument(name, help, .counter, labels) { .counter(Counter()) }
        guard case .counter(let counter) = instrument else { preconditionFailure("\(name) is not a counter") }
        return counter
    }

    /// The gauge of this name and these labels.
    public func gauge(_ name: String, help: String, labels: [(String, String)] = []) -> Gauge {
        let instrument = instrument(name, help, .gauge, labels) { .gauge(Gauge()) }
        guard case .gauge(let gauge) = instrument else { preconditionFailure("\(name) is not a gauge") }
        return gauge
    }

    /// The histogram of this name and these labels.
    /// - Parameter buckets: upper bounds, rising and finite; the last one, infinity, is added.
    public func histogram(
        _ name: String, help: String, labels: [(String, String)] = [], buckets: [Double] = Histogram.secondsBuckets
    ) -> Histogram {
        MetricNames.check(buckets: buckets, of: name)
        let instrument = instrument(name, help, .histogram, labels) { .histogram(Histogram(buckets: buckets)) }
        guard case .histogram(let histogram) = instrument, histogram.buckets == buckets else {
            preconditionFailure("\(name) is not a histogram with these buckets")
        }
        return histogram
    }

    /// Everything in Prometheus' text format 0.0.4, families and series in the order of their names.
    public func render() -> [UInt8] {
        let families = families.withLock { $0 }
        var text = PrometheusText()
        for name in families.keys.sorted() {
            if let family = families[name] { text.append(family) }
        }
        return text.bytes
    }

    private func instrument(
        _ name: String, _ help: String, _ kind: MetricFamily.Kind, _ labels: [(String, String)],
        make: () -> MetricFamily.Instrument
    ) -> MetricFamily.Instrument {
        let sorted = labels.sorted { $0.0 < $1.0 }
        return families.withLock { families in
            var family = families[name] ?? MetricFamily(name: name, help: help, kind: kind, labelNames: sorted.map(\.0))
            precondition(family.kind == kind && family.help == help, "\(name) has another type or help")
            precondition(family.labelNames == sorted.map(\.0), "\(name) has other label names")
            let instrument = family.instrument(labelValues: sorted.map(\.1), make: make)
            families[name] = family
            return instrument
        }
    }
}

extension MetricsRegistry {
    /// The content type of `render()`.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// States what runs here and since when: `process_start_time_seconds` and `screening_build_info`.
    public func describeProcess(service: String, version: String, startedAt: Timestamp) {
        gauge("process_start_time_seconds", help: "When the process started, in seconds since the Unix epoch.")
            .set(Double(startedAt.milliseconds) / 1000)
        gauge(
            "screening_build_info", help: "Always 1; the labels say which version of which service runs.",
            labels: [("service", service), ("version", version)]
        ).set(1)
    }
}
