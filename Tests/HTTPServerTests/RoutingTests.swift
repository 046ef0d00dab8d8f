import HTTPServer
import Runtime
import Support
import Telemetry
import Testing

@Suite("A server does not start")
struct RoutingTests {
    static func faults(_ routes: [Route], kind: HTTPServerSettings.Kind = .public) -> [String] {
        let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
        do throws(RoutingFaults) {
            _ = try HTTPServer(
                HTTPServerSettings(name: "test", address: .tcp(host: "127.0.0.1", port: 0), kind: kind),
                routes: [RouteGroup(routes: routes)], logger: logger, metrics: MetricsRegistry())
            return []
        } catch {
            return error.lines
        }
    }

    static func route(_ method: Method, _ pattern: String, _ access: Access = .roles([.nurse], .checkedByHandler))
        -> Route
    {
        Route(method, pattern, access: access) { _ in .empty() }
    }

    @Test("with a route that nobody may use")
    func noRole() {
        #expect(Self.faults([Self.route(.get, "/a", .roles([], .checkedByHandler))]) == ["GET /a: no role may use it"])
    }

    @Test("with a route without sign-in, unless it is an operations server")
    func probe() {
        let routes = [Self.route(.get, "/livez", .probe)]
        #expect(Self.faults(routes) == ["GET /livez: only an operations server has routes without sign-in"])
        #expect(Self.faults(routes, kind: .operations) == [])
    }

    @Test("with two routes for the same method and path, whatever their parameters are called")
    func duplicates() {
        let faults = Self.faults([Self.route(.get, "/a/{b}"), Self.route(.get, "/a/{c}"), Self.route(.post, "/a/{b}")])
        #expect(faults == ["GET /a/{c}: the method and path are taken by another route"])
    }

    @Test("with a pattern that is no path", arguments: ["a", "/{a", "/{a}/{a}", "/{}", "/a{b}", "/a%20b", "/a?b"])
    func pattern(_ pattern: String) {
        #expect(Self.faults([Self.route(.get, pattern)]).count == 1)
    }

    @Test("with a scope that reads a parameter which the path has not, and names every fault at once")
    func scopeParameter() {
        let faults = Self.faults([
            Self.route(.get, "/a/{b}", .roles([.nurse], .unit(parameter: "unit"))), Self.route(.get, "nonsense"),
        ])
        #expect(faults.count == 2)
        #expect(faults.first == "GET /a/{b}: its scope reads {unit}, which the pattern has not")
    }

    @Test("on a port that is taken, and says why")
    func takenPort() async throws {
        try await withOpenServer([.hello()]) { subject in
            let logger = Logger(service: "test", version: "1", level: .error, time: .system) { _ in }
            let second = try HTTPServer(
                HTTPServerSettings(
                    name: "second", address: .tcp(host: "127.0.0.1", port: subject.port), kind: .operations),
                routes: [], logger: logger, metrics: MetricsRegistry())
            let failure = #expect(throws: HTTPServerFailure.self) { try second.start() }
            #expect(failure?.description.contains("in use") == true)
        }
    }

    @Test("a literal wins over a parameter, from the left")
    func precedence() async throws {
        func named(_ pattern: String) -> Route { Route(.get, pattern, access: .probe) { _ in .text(200, pattern) } }
        let routes = [named("/{a}/b"), named("/a/{b}"), named("/a/b"), named("/{a}/{b}")]
        try await withOpenServer(routes) { subject in
            let client = try subject.connect()
            for (path, pattern) in [("/a/b", "/a/b"), ("/a/c", "/a/{b}"), ("/c/b", "/{a}/b"), ("/c/d", "/{a}/{b}")] {
                #expect(try await client.exchange("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n").text == pattern)
            }
            #expect(try await client.exchange("GET /a/ HTTP/1.1\r\nHost: a\r\n\r\n").status == 404)
        }
    }
}
