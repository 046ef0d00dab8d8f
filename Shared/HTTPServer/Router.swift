/// Finds the route of a request. Immutable; any thread.
struct Router: Sendable {
    /// A route with what start-up worked out about it.
    struct Entry: Sendable {
        let route: Route
        /// Prefix and pattern, for logs and metrics: it holds no value from outside.
        let fullPattern: String
        let pattern: PathPattern
        let errors: ErrorBody
        /// Its place among all routes.
        let index: Int
    }

    enum Finding {
        case route(Entry, parameters: [String: String])
        case methodNotAllowed(allowed: String, errors: ErrorBody)
        case noSuchPath(errors: ErrorBody)
    }

    private let entries: [Entry]
    private let byLength: [Int: [Entry]]
    private let groups: [(prefix: [String], errors: ErrorBody)]

    /// All routes in the order of their groups.
    var all: [Entry] { entries }

    /// Puts the groups together.
    /// - Throws: every rule that a route breaks, at once.
    init(_ groups: [RouteGroup], allowsProbes: Bool) throws(RoutingFaults) {
        var faults: [String] = []
        var entries: [Entry] = []
        for group in groups {
            for route in group.routes {
                let full = group.prefix + route.pattern
                let name = "\(route.method.rawValue) \(full)"
                guard let pattern = PathPattern(full) else {
                    faults.append("\(name): the pattern is not a path of literals and {names}")
                    continue
                }
                if entries.contains(where: { $0.route.method == route.method && $0.pattern.shape == pattern.shape }) {
                    faults.append("\(name): the method and path are taken by another route")
                }
                faults += accessFaults(route, pattern, allowsProbes: allowsProbes).map { "\(name): \($0)" }
                entries.append(
                    Entry(
                        route: route, fullPattern: full, pattern: pattern, errors: group.errors, index: entries.count))
            }
        }
        guard faults.isEmpty else { throw RoutingFaults(lines: faults) }
        self.entries = entries
        byLength = Dictionary(grouping: entries) { $0.pattern.segments.count }
            .mapValues { $0.sorted { $0.pattern.isMoreSpecific(than: $1.pattern) } }
        self.groups =
            groups
            .map { ($0.prefix.split(separator: "/").map(String.init), $0.errors) }
            .sorted { $0.0.count > $1.0.count }
    }

    /// The route of a method on a decoded path.
    /// - Parameter method: nil for a method that no route can have.
    func find(_ method: Method?, path: [String]) -> Finding {
        var allowed: Set<Method> = []
        for entry in byLength[path.count] ?? [] {
            guard let parameters = entry.pattern.match(path) else { continue }
            if entry.route.method == method { return .route(entry, parameters: parameters) }
            allowed.insert(entry.route.method)
        }
        let errors = errors(below: path)
        return allowed.isEmpty
            ? .noSuchPath(errors: errors) : .methodNotAllowed(allowed: allowHeader(allowed), errors: errors)
    }

    /// How refusals on the path are written: as the group with the longest prefix does.
    func errors(below path: [String]) -> ErrorBody {
        groups.first { path.starts(with: $0.prefix) }?.errors ?? .problem
    }
}

/// Why a server with these routes does not start.
public struct RoutingFaults: Error, Sendable, Equatable, CustomStringConvertible {
    /// One line each: the route and the rule.
    public let lines: [String]
    /// The lines, for the operator.
    public var description: String { lines.joined(separator: "\n") }
}

private func allowHeader(_ methods: Set<Method>) -> String {
    var names = methods.map(\.rawValue)
    if methods.contains(.get) { names.append("HEAD") }
    return names.sorted().joined(separator: ", ")
}

private func accessFaults(_ route: Route, _ pattern: PathPattern, allowsProbes: Bool) -> [String] {
    switch route.access {
    case .probe:
        return allowsProbes ? [] : ["only an operations server has routes without sign-in"]
    case .roles(let roles, let rule):
        var faults: [String] = []
        if roles.isEmpty { faults.append("no role may use it") }
        if let name = rule.parameter, !pattern.parameterNames.contains(name) {
            faults.append("its scope reads {\(name)}, which the pattern has not")
        }
        return faults
    }
}
