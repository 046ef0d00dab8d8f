import HTTPServer
import Runtime
import Support
import Testing

@Suite("A caller")
struct AccessTests {
    static let nurses: Set<Role> = [.nurse, .doctor]

    static let routes = [
        Route(.get, "/v1/units/{unit}", access: .roles(nurses, .unit(parameter: "unit"))) { request in
            .text(200, "\(request.caller.name) \(request.caller.role.rawValue)")
        },
        Route(.get, "/v1/towns/{town}", access: .roles([.localCoordinator], .municipality(parameter: "town"))) { _ in
            .text(200, "ok")
        },
        Route(.get, "/v1/all", access: .roles([.regionalCoordinator, .nurse], .wholeRegion)) { _ in .text(200, "ok") },
        Route(.get, "/v1/own/{unit}", access: .roles(nurses, .checkedByHandler)) { request in
            guard request.caller.mayActFor(unit: request.parameter("unit")) else { throw Problem.forbidden }
            return .text(200, "ok")
        },
        Route(
            .post, "/v1/forms", access: .roles(nurses, .checkedByHandler), accepts: ["application/json"],
            bodyBytesMax: 10
        ) { _ in .empty() },
    ]

    static func tokens() throws -> TokenDirectory {
        try directory([
            ("nurse-1", .nurse, #","careProvider":"P","units":["U1"]"#),
            ("coordinator-1", .localCoordinator, #","municipalities":["2380"]"#),
            ("region-1", .regionalCoordinator, #","wholeRegion":true"#),
            ("reader-1", .reader, #","wholeRegion":true"#),
        ])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let path: String
        let authorization: String?
        let status: Int
        var testDescription: String { "\(path) as \(authorization ?? "nobody") gets \(status)" }
    }

    static let cases = [
        Case(path: "/v1/units/U1", authorization: nil, status: 401),
        Case(path: "/v1/units/U1", authorization: "Bearer unknown", status: 401),
        Case(path: "/v1/units/U1", authorization: "Bearer", status: 401),
        Case(path: "/v1/units/U1", authorization: "Basic nurse-1", status: 401),
        Case(path: "/v1/units/U1", authorization: "nurse-1", status: 401),
        Case(path: "/v1/units/U1", authorization: "Bearer nurse-1\r\nAuthorization: Bearer nurse-1", status: 401),
        Case(path: "/v1/units/U1", authorization: "Bearer nurse-1", status: 200),
        Case(path: "/v1/units/U1", authorization: "bearer nurse-1", status: 200),
        Case(path: "/v1/units/U2", authorization: "Bearer nurse-1", status: 403),
        Case(path: "/v1/units/U1", authorization: "Bearer reader-1", status: 403),
        Case(path: "/v1/units/U1", authorization: "Bearer coordinator-1", status: 403),
        Case(path: "/v1/towns/2380", authorization: "Bearer coordinator-1", status: 200),
        Case(path: "/v1/towns/2321", authorization: "Bearer coordinator-1", status: 403),
        Case(path: "/v1/towns/2380", authorization: "Bearer nurse-1", status: 403),
        Case(path: "/v1/all", authorization: "Bearer region-1", status: 200),
        Case(path: "/v1/all", authorization: "Bearer nurse-1", status: 403),
        Case(path: "/v1/own/U1", authorization: "Bearer nurse-1", status: 200),
        Case(path: "/v1/own/U2", authorization: "Bearer nurse-1", status: 403),
        Case(path: "/v1/nothing", authorization: nil, status: 404),
    ]

    @Test("gets what role and scope allow", arguments: cases)
    func matrix(_ given: Case) async throws {
        try await withServer([RouteGroup(routes: Self.routes)], tokens: try Self.tokens()) { subject in
            let authorization = given.authorization.map { "Authorization: \($0)\r\n" } ?? ""
            let answer = try await subject.answer(to: "GET \(given.path) HTTP/1.1\r\nHost: a\r\n\(authorization)\r\n")
            #expect(answer.status == given.status)
            #expect((answer.headers["www-authenticate"] == "Bearer") == (given.status == 401))
            #expect(!answer.text.contains("U2"), "the answer repeats what came in")
            #expect(!subject.log.all.joined().contains("nurse-1"), "the log holds a token or a name")
        }
    }

    @Test("is told apart from nobody before the body is judged")
    func orderOfRefusals() async throws {
        try await withServer([RouteGroup(routes: Self.routes)], tokens: try Self.tokens()) { subject in
            let head = "POST /v1/forms HTTP/1.1\r\nHost: a\r\n"
            let signed = head + "Authorization: Bearer nurse-1\r\n"
            let typed = signed + "Content-Type: application/json\r\n"
            let requests = [
                (401, head + "Content-Length: 50\r\n\r\n" + String(repeating: "x", count: 50)),
                (415, signed + "Content-Length: 5\r\n\r\nabcde"), (413, typed + "Content-Length: 50\r\n\r\n"),
                (204, typed + "Content-Length: 2\r\n\r\n{}"),
            ]
            for (status, request) in requests {
                let answer = try await subject.answer(to: request)
                #expect(answer.status == status)
            }
        }
    }

    @Test("signed in as a person is held against the same roles")
    func signIn() async throws {
        struct Sessions: SignIn {
            func caller(presenting headers: Headers) async throws -> Caller? {
                headers["cookie"] == "s=1"
                    ? Caller(name: "Ann", role: .nurse, scope: Scope(careProvider: "P", units: ["U1"])) : nil
            }
        }
        let groups = [RouteGroup(routes: Self.routes)]
        try await withServer(groups, tokens: try Self.tokens(), signIn: Sessions()) { subject in
            let requests = [
                (200, "U1", "Cookie: s=1\r\n"), (403, "U2", "Cookie: s=1\r\n"), (401, "U1", "Cookie: s=2\r\n"),
                (401, "U1", ""), (401, "U1", "Authorization: Bearer x\r\nCookie: s=1\r\n"),
            ]
            for (status, unit, fields) in requests {
                let answer = try await subject.answer(to: "GET /v1/units/\(unit) HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
                #expect(answer.status == status)
            }
            #expect(!subject.log.all.joined().contains("Ann"))
        }
    }

    @Test("under a prefix with its own error body gets that body for every refusal")
    func errorBodies() async throws {
        let outcome = ErrorBody { problem in
            ("application/fhir+json", Array(#"{"resourceType":"OperationOutcome","status":\#(problem.status)}"#.utf8))
        }
        let groups = [
            RouteGroup(
                prefix: "/fhir", errors: outcome,
                routes: [
                    Route(
                        .post, "/Thing", access: .roles([.nurse], .checkedByHandler),
                        accepts: ["application/fhir+json"], bodyBytesMax: 10
                    ) { _ in throw Problem.conflict("no") }
                ]), RouteGroup(routes: Self.routes),
        ]
        try await withServer(groups, tokens: try Self.tokens()) { subject in
            let known = "Host: a\r\nAuthorization: Bearer nurse-1\r\n"
            let other = "Host: a\r\nAuthorization: Bearer reader-1\r\n"
            let typed = "Content-Type: application/fhir+json\r\n"
            let requests: [(Int, String)] = [
                (401, "POST /fhir/Thing HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"),
                (403, "POST /fhir/Thing HTTP/1.1\r\n\(other)\(typed)Content-Length: 2\r\n\r\n{}"),
                (404, "GET /fhir/Other HTTP/1.1\r\n\(known)\r\n"), (405, "GET /fhir/Thing HTTP/1.1\r\n\(known)\r\n"),
                (413, "POST /fhir/Thing HTTP/1.1\r\n\(known)\(typed)Content-Length: 200\r\n\r\n"),
                (415, "POST /fhir/Thing HTTP/1.1\r\n\(known)Content-Length: 2\r\n\r\n{}"),
                (409, "POST /fhir/Thing HTTP/1.1\r\n\(known)\(typed)Content-Length: 0\r\n\r\n"),
                (400, "POST /fhir/Thing HTTP/1.1\r\n\(known)Host: b\r\n\r\n"),
            ]
            for (status, request) in requests {
                let answer = try await subject.answer(to: request)
                #expect(answer.status == status)
                #expect(answer.headers["content-type"] == "application/fhir+json")
                #expect(answer.text == #"{"resourceType":"OperationOutcome","status":\#(status)}"#)
            }
            let elsewhere = try await subject.answer(to: "GET /fhirs HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(elsewhere.headers["content-type"] == "application/problem+json")
        }
    }
}
