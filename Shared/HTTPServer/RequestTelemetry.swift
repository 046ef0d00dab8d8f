internal import Runtime
internal import Synchronization
internal import Telemetry

/// The numbers and the log line of each request. No part of a path that came in is shown, only the route's pattern.
final class RequestTelemetry: Sendable {
    private struct Series: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    private let logger: Logger
    private let metrics: MetricsRegistry
    private let counters = Mutex<[Series: Counter]>([:])
    private let histograms = Mutex<[Series: Histogram]>([:])
    private let inFlight: Gauge
    private let connections: Gauge
    private let cutOff: Counter
    private let libraryMessages: Counter

    /// What stands for the route of a request that has none.
    private static let noRoute = "none"

    init(server: String, logger: Logger, metrics: MetricsRegistry) {
        self.logger = logger
        self.metrics = metrics
        let labels = [("server", server)]
        inFlight = metrics.gauge(
            "http_requests_in_flight", help: "Requests being read, handled or answered.", labels: labels)
        connections = metrics.gauge("http_connections", help: "Open connections.", labels: labels)
        cutOff = metrics.counter(
            "http_connections_cut_off_total", help: "Connections closed because the client was too slow.",
            labels: labels)
        libraryMessages = metrics.counter(
            "http_library_messages_total", help: "Messages of the HTTP library.", labels: labels)
    }

    /// Notes an answer. Any thread.
    func note(_ exchange: Exchange, status: Int) {
        let route = exchange.routePattern ?? Self.noRoute
        let method = shownMethod(exchange.head.method)
        let duration = ContinuousClock.now - exchange.startedAt
        counter(Series(method: method, route: route, status: status)).add()
        histogram(Series(method: method, route: route, status: 0)).observe(duration.inSeconds)
        let fields = [
            Field("http.request.method", shown: method), Field("http.route", shown: route),
            Field("http.response.status_code", shown: status),
            Field("event.duration", shown: duration.wholeMilliseconds * 1_000_000),
        ]
        if exchange.admitted?.entry.route.access.isProbe == true {
            logger.debug("request answered", fields[0], fields[1], fields[2], fields[3], trace: exchange.trace)
        } else {
            logger.info("request answered", fields[0], fields[1], fields[2], fields[3], trace: exchange.trace)
        }
    }

    /// Notes a handler's error that is no `Problem`: the caller gets a 500 and nothing else.
    func noteFailure(_ error: any Error, in exchange: Exchange) {
        logger.error(
            "request handler failed", Field("http.route", shown: exchange.routePattern ?? Self.noRoute),
            Field("error.type", shown: String(describing: type(of: error))), Field("error.message", "\(error)"),
            trace: exchange.trace)
    }

    /// Notes an answer that was not sent because a header field of it was unsafe.
    func noteUnsafeHeaders(_ exchange: Exchange) {
        logger.error(
            "response has an unsafe header field", Field("http.route", shown: exchange.routePattern ?? Self.noRoute),
            trace: exchange.trace)
    }

    /// Notes a message of the library by its format, which is a constant of the library.
    func noteLibraryMessage(format: String) {
        libraryMessages.add()
        logger.debug("HTTP library message", Field("format", shown: format))
    }

    /// Notes that the library found its own state broken. The process ends after this.
    func notePanic(reason: String, line: UInt32) {
        logger.error("HTTP library panicked", Field("reason", shown: reason), Field("line", shown: line))
    }

    /// Notes how full the server is.
    func noteLoad(inFlight: Int, connections: Int, cutOff: Int) {
        self.inFlight.set(Double(inFlight))
        self.connections.set(Double(connections))
        if cutOff > 0 { self.cutOff.add(cutOff) }
    }

    private func counter(_ series: Series) -> Counter {
        counters.withLock { counters in
            if let counter = counters[series] { return counter }
            let counter = metrics.counter(
                "http_requests_total", help: "Requests answered.",
                labels: [("method", series.method), ("route", series.route), ("status", String(series.status))])
            counters[series] = counter
            return counter
        }
    }

    private func histogram(_ series: Series) -> Histogram {
        histograms.withLock { histograms in
            if let histogram = histograms[series] { return histogram }
            let histogram = metrics.histogram(
                "http_request_duration_seconds", help: "From the headers of a request to its answer.",
                labels: [("method", series.method), ("route", series.route)])
            histograms[series] = histogram
            return histogram
        }
    }
}

/// A method's name for logs and metrics: a label must not take whatever a client sends.
private func shownMethod(_ method: String) -> String {
    method == "HEAD" ? method : Method(rawValue: method)?.rawValue ?? "other"
}
