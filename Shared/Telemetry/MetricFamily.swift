/// All series of one metric name: one HELP and one TYPE line, then a line or more for each set of labels.
struct MetricFamily: Sendable {
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    enum Instrument: Sendable {
        case counter(Counter)
        case gauge(Gauge)
        case histogram(Histogram)
    }

    let name: String
    let help: String
    let kind: Kind
    let labelNames: [String]
    /// By the labels as they are written between the braces, so that a scrape renders none.
    private(set) var series: [String: Instrument] = [:]

    init(name: String, help: String, kind: Kind, labelNames: [String]) {
        MetricNames.check(name: name, help: help, kind: kind, labelNames: labelNames)
        self.name = name
        self.help = help
        self.kind = kind
        self.labelNames = labelNames
    }

    mutating func instrument(labelValues: [String], make: () -> Instrument) -> Instrument {
        var labels = PrometheusText.labels(names: labelNames, values: labelValues)
        if series[labels] == nil, series.count >= MetricsRegistry.seriesMax {
            labels = PrometheusText.labels(names: labelNames, values: labelNames.map { _ in "overflow" })
        }
        if let known = series[labels] { return known }
        let made = make()
        series[labels] = made
        return made
    }
}
