import Telemetry
import Testing

@Suite("A traceparent header")
struct TraceContextTests {
    private static let good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    private static let bad: [String] = [
        "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
        good + "0", good + "-", good + "-00", " " + good, good.uppercased(),
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "FE-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0100",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    ]
    private static let later: [String] = [
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-comes-then",
        "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
    ]

    @Test("is read and written unchanged")
    func roundTrip() throws {
        let trace = try #require(TraceContext(traceparent: Self.good))
        #expect(trace.traceparent == Self.good)
        #expect(trace.traceID == "0af7651916cd43dd8448eb211c80319c")
        #expect(trace.spanID == "b7ad6b7169203331")
        #expect(trace.isSampled)
        #expect(TraceContext(traceparent: Array(Self.good.utf8)) == trace)
    }

    @Test("is refused when it breaks the standard", arguments: bad)
    func refused(header: String) {
        #expect(TraceContext(traceparent: header) == nil)
    }

    @Test("of a later version is read as far as this one goes", arguments: later)
    func future(header: String) throws {
        #expect(try #require(TraceContext(traceparent: header)).traceparent == Self.good)
    }

    @Test("passes on only the flag that is defined")
    func flags() {
        #expect(TraceContext(traceparent: Self.good.dropLast(2) + "ff")?.traceparent == Self.good)
        #expect(TraceContext(traceparent: Self.good.dropLast(2) + "fe")?.isSampled == false)
    }

    @Test("of the next hop keeps the trace and has a span of its own")
    func child() throws {
        let trace = try #require(TraceContext(traceparent: Self.good))
        let child = trace.child { 0x1234 }
        #expect(child.traceparent == "00-0af7651916cd43dd8448eb211c80319c-0000000000001234-01")
    }

    @Test("that can't be continued begins a new trace", arguments: [nil, "nonsense"])
    func begins(header: String?) {
        var next: UInt64 = 0
        let trace = TraceContext.continuing(header) {
            next += 1
            return next
        }
        #expect(trace.traceparent == "00-00000000000000010000000000000002-0000000000000003-01")
    }

    @Test("never holds an identifier of zeros only")
    func zeros() {
        let trace = TraceContext.new { 0 }
        #expect(TraceContext(traceparent: trace.traceparent) == trace)
        #expect(TraceContext(traceparent: trace.child { 0 }.traceparent) != nil)
    }
}
