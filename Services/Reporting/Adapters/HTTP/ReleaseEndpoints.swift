internal import Cryptography
internal import Foundation
internal import HTTPServer

/// Answers with the release: as JSON, as a page.
struct ReleaseEndpoints: Sendable {
    let releases: Releases

    @Sendable func indicators(_ request: Request) async throws -> Response {
        let release = try await releases.current()
        let places = try visiblePlaces(of: release, to: request.caller)
        return tagged(try .json(200, ReleaseDocument(release, places: places)), for: request)
    }

    @Sendable func page(_ request: Request) async throws -> Response {
        let release = try await releases.current()
        let places = try visiblePlaces(of: release, to: request.caller)
        return tagged(.html(200, ReleasePage(release: release, places: places).html), for: request)
    }

    @Sendable func style(_ request: Request) async throws -> Response {
        tagged(.text(200, PageStyle.css, contentType: "text/css; charset=utf-8"), for: request)
    }

    /// The region's row is everybody's; others' rows are shown to those whose scope has them.
    private func visiblePlaces(of release: Release, to caller: Caller) throws -> [Place] {
        let scope = caller.scope
        guard scope.wholeRegion || !scope.municipalities.isEmpty || !scope.units.isEmpty else {
            throw Problem.forbidden
        }
        let municipality = Dictionary(release.resources.units.map { ($0.unit, $0.municipality) }) { first, _ in first }
        return release.places.filter { place in
            switch place {
            case .region: true
            case .municipality(let code), .residence(let code): caller.mayActFor(municipality: code)
            case .unit(let unit):
                caller.mayActFor(unit: unit) || municipality[unit].map { caller.mayActFor(municipality: $0) } == true
            case .unitWithheld, .residenceWithheld: false
            }
        }
    }

    /// The answer under the tag of its own bytes; 304 when the caller has them already. Kept by nobody but the caller.
    private func tagged(_ response: Response, for request: Request) -> Response {
        let tag = "\"" + SHA256.hash(response.body).hexText.prefix(32) + "\""
        let known = request.headers["if-none-match"]?.split(separator: ",") ?? []
        let isKnown = known.contains { $0.trimmingCharacters(in: .whitespaces) == tag }
        return (isKnown ? Response.empty(304) : response)
            .with("etag", tag).with("cache-control", "private, no-cache").with("vary", "Authorization")
    }
}
