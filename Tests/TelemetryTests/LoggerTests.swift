import Foundation
import Runtime
import Synchronization
import Telemetry
import Testing

@Suite("A log line")
struct LoggerTests {
    private let output = Output()

    @Test("begins with the four members that ECS logging asks for, in its order, then says who and where")
    func order() throws {
        let trace = try #require(TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
        logger().part("relay").info("outbox drained", Field("rows", shown: 12), trace: trace)
        let line = try #require(output.lines.first)
        #expect(
            line == """
                {"@timestamp":"2026-11-24T08:00:00.000Z","log.level":"info","message":"outbox drained",\
                "ecs.version":"8.11.0","service.name":"scoring","service.version":"1.2.3",\
                "event.dataset":"scoring.relay","trace.id":"0af7651916cd43dd8448eb211c80319c",\
                "span.id":"b7ad6b7169203331","labels":{"rows":12}}

                """)
    }

    @Test("never holds a value that isn't declared shown")
    func sensitivity() {
        logger().error(
            "could not read the form", Field("name", "Stina Planterad"), Field("error.code", "19121212-1212"))
        #expect(!output.text.contains("Planterad"))
        #expect(!output.text.contains("19121212-1212"))
        #expect(output.text.contains(#""error.code":"[redacted]","labels":{"name":"[redacted]"}"#))
    }

    @Test("puts ECS names at the top and its own under labels, numbers and booleans bare")
    func fields() throws {
        logger().warning(
            "parked", Field("topic", shown: "answers"), Field("event.id", shown: "7"), Field("late", shown: true),
            Field("offset", shown: Int64.max))
        let object = try parsed(output.text)
        #expect(object["event.id"] as? String == "7")
        let labels = try #require(object["labels"] as? [String: Any])
        #expect(labels["topic"] as? String == "answers")
        #expect(labels["late"] as? Bool == true)
        #expect(labels["offset"] as? Int64 == .max)
    }

    @Test("stays one line and valid JSON whatever the value holds")
    func escaping() throws {
        let value = "a\nb\r\u{2028}\"\\ \u{0}\u{1B}[0m\u{7F} åäö🧸"
        logger().info("odd", Field("value", shown: value))
        #expect(output.text.filter { $0 == "\n" || $0 == "\r\n" }.count == 1)
        #expect(!output.text.unicodeScalars.dropLast().contains { $0.value < 0x20 })
        let labels = try #require(try parsed(output.text)["labels"] as? [String: Any])
        #expect(labels["value"] as? String == value)
    }

    @Test("is bounded in each of its values")
    func bound() throws {
        logger().info("long", Field("value", shown: String(repeating: "å", count: 5_000)))
        let labels = try #require(try parsed(output.text)["labels"] as? [String: Any])
        #expect((labels["value"] as? String)?.unicodeScalars.count == Field.scalarsMax)
    }

    @Test("is written only from its level upwards")
    func threshold() {
        let logger = logger(level: .warning)
        logger.debug("a")
        logger.info("b")
        #expect(output.lines.isEmpty)
        logger.warning("c")
        logger.error("d")
        #expect(output.lines.count == 2)
    }

    private func logger(level: Logger.Level = .debug) -> Logger {
        let output = output
        let instant = Timestamp(milliseconds: 1_795_507_200_000)
        return Logger(
            service: "scoring", version: "1.2.3", level: level, time: TimeSource { instant }, write: output.write)
    }

    private func parsed(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}

private final class Output: Sendable {
    private let written = Mutex<[String]>([])

    var lines: [String] { written.withLock { $0 } }
    var text: String { lines.joined() }

    @Sendable func write(_ line: [UInt8]) {
        written.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
}
