import HTTPServer
import Telemetry
import Testing

@Suite("An idempotency key")
struct IdempotencyKeyTests {
    static func request(_ values: [String]) -> Request {
        var headers = Headers()
        for value in values { headers.add("Idempotency-Key", value) }
        return Request(
            method: .post, path: "/", headers: headers, caller: .probe, trace: TraceContext.new { 1 })
    }

    @Test(
        "is the content of a quoted string, or a bare token",
        arguments: [
            (#""8e03978e-40d5-43dd-bc93-6894a57f9324""#, "8e03978e-40d5-43dd-bc93-6894a57f9324"),
            (#""a \"b\" \\c""#, #"a "b" \c"#), ("8e03978e", "8e03978e"),
            ("\"\(String(repeating: "a", count: 255))\"", String(repeating: "a", count: 255)),
        ])
    func valid(_ value: String, _ key: String) throws {
        #expect(try Self.request([value]).idempotencyKey == key)
    }

    @Test(
        "is refused with 400",
        arguments: [
            [""], ["\""], ["\"\""], [#""a"#], [#""a"b"#], [#""a";p=1"#], [#""a\n""#], ["a b"], ["\"å\""], ["a", "a"],
            [String(repeating: "a", count: 256)], ["\"\(String(repeating: "a", count: 256))\""],
        ])
    func invalid(_ values: [String]) {
        let problem = #expect(throws: Problem.self) { try Self.request(values).idempotencyKey }
        #expect(problem?.status == 400)
    }

    @Test("may be absent")
    func absent() throws {
        #expect(try Self.request([]).idempotencyKey == nil)
    }
}
