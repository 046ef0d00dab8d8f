/// Who may use a route. There is no default: a route names its access or it does not exist.
public enum Access: Sendable {
    /// Anybody, without sign-in. Only on an operations server: health, metrics, counts without personal data.
    case probe
    /// Callers with one of the roles, where the rule says. An empty set is refused at start.
    case roles(Set<Role>, ScopeRule)

    /// Whether the route needs no sign-in.
    var isProbe: Bool {
        if case .probe = self { true } else { false }
    }

    /// Whether a caller that was recognised may use the route, given what stood in its path.
    func admits(_ caller: Caller, parameters: [String: String]) -> Bool {
        guard case .roles(let roles, let rule) = self else { return true }
        return roles.contains(caller.role) && rule.admits(caller, parameters: parameters)
    }
}

/// Where the caller's scope is held against the request.
public enum ScopeRule: Sendable, Equatable {
    /// The path names the unit: `.unit(parameter: "unit")` for `/v1/units/{unit}/visits`.
    case unit(parameter: String)
    /// The path names the municipality.
    case municipality(parameter: String)
    /// Only callers whose scope is the whole region.
    case wholeRegion
    /// The place stands in the body or in the store: the handler asks `caller.mayActFor(…)` and throws
    /// `Problem.forbidden`.
    case checkedByHandler

    func admits(_ caller: Caller, parameters: [String: String]) -> Bool {
        switch self {
        case .unit(let name): parameters[name].map { caller.mayActFor(unit: $0) } ?? false
        case .municipality(let name): parameters[name].map { caller.mayActFor(municipality: $0) } ?? false
        case .wholeRegion: caller.scope.wholeRegion
        case .checkedByHandler: true
        }
    }

    /// The path parameter the rule reads.
    var parameter: String? {
        switch self {
        case .unit(let name), .municipality(let name): name
        case .wholeRegion, .checkedByHandler: nil
        }
    }
}

/// Recognises signed-in people: a server-side session behind a cookie, begun by OpenID Connect.
///
/// Asked when a request brings neither a bearer token nor a client certificate that the token directory knows.
/// May suspend to read its store; the request's deadline runs meanwhile.
public protocol SignIn: Sendable {
    /// The person whose session the headers carry; nil when there is none or it has ended.
    func caller(presenting headers: Headers) async throws -> Caller?
}
