internal import HTTPServer

/// The public port: who may read what.
enum ReportingRoutes {
    /// Those who follow the introduction. Which rows they see, their scope says.
    static let access = Access.roles(
        [.regionalCoordinator, .localCoordinator, .unitManager, .municipalManager, .reader], .checkedByHandler)

    static func groups(_ endpoints: ReleaseEndpoints) -> [RouteGroup] {
        [
            RouteGroup(routes: [
                Route(.get, "/", access: access, handler: endpoints.page),
                Route(.get, "/style.css", access: access, handler: endpoints.style),
                Route(.get, "/v1/indicators", access: access, handler: endpoints.indicators),
            ])
        ]
    }
}
