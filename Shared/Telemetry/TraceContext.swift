/// Where a piece of work stands in a trace: W3C Trace Context level 1, the `traceparent` header.
///
/// The same text travels as an HTTP header and as a Kafka header. `tracestate` is not carried; the standard allows
/// dropping it.
public struct TraceContext: Sendable, Hashable {
    /// The header's name, in HTTP and in Kafka.
    public static let headerName = "traceparent"

    private let traceHigh: UInt64
    private let traceLow: UInt64
    private let span: UInt64
    /// Whether the caller recorded this trace; passed on as it came.
    public let isSampled: Bool

    /// Reads a received header; nil when it breaks the standard, and then the receiver begins a new trace.
    ///
    /// Refused: version `ff`, upper case, an identifier of zeros only, and in version 00 anything but 55 characters. A
    /// later version is read as far as version 00 goes, as section 3.2.2.2 asks.
    public init?(traceparent: String) {
        self.init(traceparent: Array(traceparent.utf8))
    }

    /// Reads the bytes of a received Kafka header, by the same rules.
    public init?(traceparent bytes: [UInt8]) {
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = bytes[0..<2].lowerCaseHex(as: UInt8.self), version != 0xFF,
            bytes.count == 55 || (version > 0 && bytes[55] == dash),
            let high = bytes[3..<19].lowerCaseHex(as: UInt64.self),
            let low = bytes[19..<35].lowerCaseHex(as: UInt64.self), high != 0 || low != 0,
            let span = bytes[36..<52].lowerCaseHex(as: UInt64.self), span != 0,
            let flags = bytes[53..<55].lowerCaseHex(as: UInt8.self)
        else { return nil }
        self.init(traceHigh: high, traceLow: low, span: span, isSampled: flags & 1 == 1)
    }

    private init(traceHigh: UInt64, traceLow: UInt64, span: UInt64, isSampled: Bool) {
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.span = span
        self.isSampled = isSampled
    }

    /// The beginning of a trace.
    public static func new(randomBits: () -> UInt64) -> TraceContext {
        TraceContext(
            traceHigh: randomBits(), traceLow: nonZero(randomBits()), span: nonZero(randomBits()), isSampled: true)
    }

    /// The next hop: the same trace, another span.
    public func child(randomBits: () -> UInt64) -> TraceContext {
        TraceContext(
            traceHigh: traceHigh, traceLow: traceLow, span: Self.nonZero(randomBits()), isSampled: isSampled)
    }

    /// The hop that a received header asks for: its child, or a new trace when there is none or it is no good.
    public static func continuing(_ traceparent: String?, randomBits: () -> UInt64) -> TraceContext {
        let received = traceparent.flatMap { TraceContext(traceparent: $0) }
        return received?.child(randomBits: randomBits) ?? new(randomBits: randomBits)
    }

    /// The header's text, always in version 00. Flags other than *sampled* are reserved, and so sent as zero.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// 32 hexadecimal digits.
    public var traceID: String { "\(hex: traceHigh)\(hex: traceLow)" }

    /// 16 hexadecimal digits.
    public var spanID: String { "\(hex: span)" }

    /// Zero marks an identifier as absent, so it is never handed out.
    private static func nonZero(_ bits: UInt64) -> UInt64 { bits == 0 ? 1 : bits }
}
