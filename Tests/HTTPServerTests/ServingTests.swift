import HTTPServer
import Runtime
import Support
import Telemetry
import Testing

@Suite("A server answers")
struct ServingTests {
    @Test("what its route gives, with the headers that keep it to itself")
    func answers() async throws {
        try await withOpenServer([.hello()]) { subject in
            let answer = try await subject.answer(to: "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 200)
            #expect(answer.text == "hej")
            #expect(answer.headers["cache-control"] == "no-store")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            #expect(answer.headers["connection"] == nil)
        }
    }

    @Test("HEAD as GET without the body")
    func head() async throws {
        try await withOpenServer([.hello()]) { subject in
            let client = try subject.connect()
            let answer = try await client.exchange("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n", isHead: true)
            #expect(answer.status == 200)
            #expect(answer.headers["content-length"] == "3")
            #expect(try await client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").text == "hej")
        }
    }

    @Test("with the body that came in, by length and in chunks")
    func echo() async throws {
        try await withOpenServer([.echo()]) { subject in
            let client = try subject.connect()
            let head = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n"
            #expect(try await client.exchange(head + "Content-Length: 5\r\n\r\nabcde").text == "abcde")
            let chunked = try await client.exchange(
                head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
            #expect(chunked.text == "abcde")
        }
    }

    @Test("with parameters and query decoded segment by segment")
    func parameters() async throws {
        let route = Route(.get, "/v1/{a}/x/{b}", access: .probe) { request in
            let query = request.query
            let parts = [request.parameter("a"), request.parameter("b"), query["q"] ?? "-"] + query.all("r")
            return .text(200, parts.joined(separator: "|"))
        }
        try await withOpenServer([route]) { subject in
            let answer = try await subject.answer(
                to:
                    "GET /v1/b%C3%A5t%2Fa/x/2?q=%C3%B6+1&r=1&r=2 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.text == "båt/a|2|ö 1|1|2")
        }
    }

    @Test("a thrown problem as RFC 9457 says, and closes")
    func problem() async throws {
        let route = Route(.get, "/p", access: .probe) { _ in
            throw Problem.unprocessable("Not valid.", errors: [.init("is required", at: "#/item/0")])
        }
        try await withOpenServer([route]) { subject in
            let client = try subject.connect()
            let answer = try await client.exchange("GET /p HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 422)
            #expect(answer.headers["content-type"] == "application/problem+json")
            #expect(answer.headers["connection"]?.lowercased() == "close")
            #expect(
                answer.text
                    == ##"{"detail":"Not valid.","errors":[{"detail":"is required","pointer":"#/item/0"}],"##
                    + ##""status":422,"title":"Unprocessable Content","type":"about:blank"}"##)
            #expect(await client.isClosed())
        }
    }

    @Test("500 without detail to an error it does not know, and says so in the log")
    func unknownError() async throws {
        struct Secret: Error { let name = "Astrid" }
        let route = Route(.get, "/e/{id}", access: .probe) { _ in throw Secret() }
        try await withOpenServer([route]) { subject in
            let answer = try await subject.answer(to: "GET /e/19121212 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 500)
            #expect(!answer.text.contains("Astrid"))
            let log = subject.log.all.joined()
            #expect(log.contains("request handler failed"))
            #expect(log.contains("/e/{id}"))
            #expect(!log.contains("Astrid"))
            #expect(!log.contains("19121212"))
            #expect(subject.numbers.contains(#"http_requests_total{method="GET",route="/e/{id}",status="500"} 1"#))
            #expect(!subject.numbers.contains("19121212"))
        }
    }

    @Test("500 instead of a header field with a line break in it")
    func headerInjection() async throws {
        let route = Route(.get, "/h", access: .probe) { _ in
            Response.text(200, "ok").with("location", "/a\r\nset-cookie: b")
        }
        try await withOpenServer([route]) { subject in
            let answer = try await subject.answer(to: "GET /h HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 500)
            #expect(answer.headers["set-cookie"] == nil)
        }
    }

    @Test("in the trace that the caller began, or in a new one")
    func trace() async throws {
        let route = Route(.get, "/t", access: .probe) { request in .text(200, request.trace.traceparent) }
        try await withOpenServer([route]) { subject in
            let client = try subject.connect()
            let given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            let answer = try await client.exchange("GET /t HTTP/1.1\r\nHost: a\r\ntraceparent: \(given)\r\n\r\n")
            #expect(answer.text.hasPrefix("00-0af7651916cd43dd8448eb211c80319c-"))
            #expect(answer.text != given)
            let other = try await client.exchange("GET /t HTTP/1.1\r\nHost: a\r\ntraceparent: nonsense\r\n\r\n")
            #expect(TraceContext(traceparent: other.text) != nil)
        }
    }

    @Test("pages with a policy that lets in nothing from elsewhere")
    func page() async throws {
        let route = Route(.get, "/", access: .probe) { _ in .html(200, "<!doctype html><p>Hej") }
        try await withOpenServer([route]) { subject in
            let answer = try await subject.answer(to: "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
            #expect(answer.headers["content-security-policy"]?.contains("default-src 'none'") == true)
            #expect(answer.headers["referrer-policy"] == "no-referrer")
        }
    }
}
