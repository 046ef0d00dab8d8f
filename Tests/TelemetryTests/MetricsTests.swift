import Runtime
import Telemetry
import Testing

@Suite("The metrics registry")
struct MetricsTests {
    private let registry = MetricsRegistry()

    @Test("writes Prometheus' text with one HELP and TYPE a family, names and labels in order")
    func text() {
        registry.gauge("outbox_pending", help: "Rows that wait.").set(2.5)
        registry.counter("events_total", help: "Events.", labels: [("topic", "b"), ("outcome", "ok")]).add(3)
        registry.counter("events_total", help: "Events.", labels: [("outcome", "ok"), ("topic", "a")]).add()
        #expect(
            rendered == """
                # HELP events_total Events.
                # TYPE events_total counter
                events_total{outcome="ok",topic="a"} 1
                events_total{outcome="ok",topic="b"} 3
                # HELP outbox_pending Rows that wait.
                # TYPE outbox_pending gauge
                outbox_pending 2.5

                """)
    }

    @Test("counts a histogram's values up through its buckets, the last one equal to the count")
    func histogram() {
        let histogram = registry.histogram(
            "wait_seconds", help: "Waiting.", labels: [("queue", "q")], buckets: [0.1, 1, 10])
        for value in [0.05, 0.1, 0.5, 100] { histogram.observe(value) }
        #expect(
            rendered == """
                # HELP wait_seconds Waiting.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{queue="q",le="0.1"} 2
                wait_seconds_bucket{queue="q",le="1"} 3
                wait_seconds_bucket{queue="q",le="10"} 3
                wait_seconds_bucket{queue="q",le="+Inf"} 4
                wait_seconds_sum{queue="q"} 100.65
                wait_seconds_count{queue="q"} 4

                """)
    }

    @Test("escapes label values and help")
    func escaping() {
        registry.gauge("odd", help: "a\\b\nc \"d\"", labels: [("label", "a\\b\nc \"d\"")]).set(.infinity)
        #expect(
            rendered == #"""
                # HELP odd a\\b\nc "d"
                # TYPE odd gauge
                odd{label="a\\b\nc \"d\""} +Inf

                """#)
    }

    @Test("gives the same instrument for the same name and labels")
    func identity() {
        let labels = [("a", "1"), ("b", "2")]
        let counter = registry.counter("c_total", help: "h", labels: labels)
        #expect(registry.counter("c_total", help: "h", labels: labels.reversed()) === counter)
        #expect(registry.counter("c_total", help: "h", labels: [("a", "1"), ("b", "3")]) !== counter)
    }

    @Test("lets series beyond its bound share one")
    func bound() {
        for number in 0..<MetricsRegistry.seriesMax + 50 {
            registry.counter("c_total", help: "h", labels: [("n", String(number))]).add()
        }
        #expect(rendered.split(separator: "\n").count == MetricsRegistry.seriesMax + 3)
        #expect(rendered.contains("c_total{n=\"overflow\"} 50\n"))
    }

    @Test("loses no count and no sum when threads meet")
    func threads() async {
        let counter = registry.counter("c_total", help: "h")
        let gauge = registry.gauge("g", help: "h")
        let histogram = registry.histogram("h_seconds", help: "h", buckets: [1])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<10_000 {
                        counter.add()
                        gauge.add(1)
                        histogram.observe(1)
                    }
                }
            }
        }
        #expect(counter.value == 40_000)
        #expect(gauge.value == 40_000)
        #expect(rendered.contains("h_seconds_sum 40000\nh_seconds_count 40000\n"))
    }

    @Test("says which version runs since when")
    func process() {
        registry.describeProcess(service: "intake", version: "1.0", startedAt: Timestamp(milliseconds: 1_500))
        #expect(rendered.contains("\nprocess_start_time_seconds 1.5\n"))
        #expect(rendered.contains("\nscreening_build_info{service=\"intake\",version=\"1.0\"} 1\n"))
    }

    @Test("stops the process at a name that Prometheus wouldn't take")
    func badName() async {
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().counter("1st_total", help: "h")
        }
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().counter("requests", help: "a counter without _total")
        }
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().gauge("g", help: "h", labels: [("le", "1")])
        }
        await #expect(processExitsWith: .failure) {
            _ = MetricsRegistry().histogram("h", help: "h", buckets: [2, 1])
        }
    }

    @Test("stops the process when a name is used for two things")
    func twoThings() async {
        await #expect(processExitsWith: .failure) {
            let registry = MetricsRegistry()
            _ = registry.gauge("g", help: "h")
            _ = registry.gauge("g", help: "h", labels: [("a", "1")])
        }
        await #expect(processExitsWith: .failure) {
            let registry = MetricsRegistry()
            _ = registry.histogram("h", help: "h", buckets: [1])
            _ = registry.histogram("h", help: "h", buckets: [2])
        }
    }

    private var rendered: String { String(decoding: registry.render(), as: UTF8.self) }
}
