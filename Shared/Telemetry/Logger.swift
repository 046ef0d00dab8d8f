public import Runtime

/// Writes one JSON object a line, with the fields of the Elastic Common Schema in the order that its logging
/// specification asks for.
///
/// The message is a constant, so it can't carry a value by accident; values go into fields, and are sensitive unless
/// declared shown. May be used from any thread. A line is handed to `write` whole, once; a level below the threshold
/// costs one comparison and the making of its fields.
public struct Logger: Sendable {
    /// How much an entry matters, least first.
    public enum Level: String, Sendable, CaseIterable, Comparable {
        /// What somebody who looks for a fault wants to see; off in production.
        case debug
        /// The ordinary course of things: started, drained, took over.
        case info
        /// Works on, but somebody should know.
        case warning
        /// Something was not done that should have been.
        case error

        private var rank: Int {
            switch self {
            case .debug: 0
            case .info: 1
            case .warning: 2
            case .error: 3
            }
        }

        /// Less important is less.
        public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
    }

    private static let ecsVersion = "8.11.0"

    private let service: String
    private let version: String
    private let dataset: String
    private let level: Level
    private let time: TimeSource
    private let write: @Sendable ([UInt8]) -> Void

    /// A logger of one service.
    /// - Parameter level: entries below it are dropped.
    /// - Parameter write: takes one line with its newline; called on the thread that logs.
    public init(
        service: String, version: String, level: Level, time: TimeSource, write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.init(
            service: service, version: version, dataset: service + ".log", level: level, time: time, write: write)
    }

    private init(
        service: String, version: String, dataset: String, level: Level, time: TimeSource,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.service = service
        self.version = version
        self.dataset = dataset
        self.level = level
        self.time = time
        self.write = write
    }

    /// The same logger for one part of the service: `event.dataset` becomes `<service>.<part>`.
    public func part(_ name: StaticString) -> Logger {
        Logger(
            service: service, version: version, dataset: "\(service).\(name)", level: level, time: time, write: write)
    }

    /// Logs what somebody who looks for a fault wants to see.
    public func debug(_ message: StaticString, _ fields: Field..., trace: TraceContext? = nil) {
        log(.debug, message, fields, trace)
    }

    /// Logs the ordinary course of things.
    public func info(_ message: StaticString, _ fields: Field..., trace: TraceContext? = nil) {
        log(.info, message, fields, trace)
    }

    /// Logs what works on but somebody should know.
    public func warning(_ message: StaticString, _ fields: Field..., trace: TraceContext? = nil) {
        log(.warning, message, fields, trace)
    }

    /// Logs that something was not done that should have been.
    public func error(_ message: StaticString, _ fields: Field..., trace: TraceContext? = nil) {
        log(.error, message, fields, trace)
    }

    private func log(_ level: Level, _ message: StaticString, _ fields: [Field], _ trace: TraceContext?) {
        guard level >= self.level else { return }
        var line = JSONLine()
        line.member("@timestamp", time.now().rfc3339)
        line.member("log.level", level.rawValue)
        line.member("message", message.description)
        line.member("ecs.version", Self.ecsVersion)
        line.member("service.name", service)
        line.member("service.version", version)
        line.member("event.dataset", dataset)
        if let trace {
            line.member("trace.id", trace.traceID)
            line.member("span.id", trace.spanID)
        }
        for field in fields where field.isECS { line.member(field) }
        let labels = fields.filter { !$0.isECS }
        if !labels.isEmpty {
            line.object("labels") { object in
                for field in labels { object.member(field) }
            }
        }
        write(line.finished())
    }
}
