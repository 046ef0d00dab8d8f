internal import Events
internal import FHIR
internal import HTTPServer

/// The questionnaires that may be answered, and what this endpoint can do.
struct QuestionnaireEndpoints: Sendable {
    let registry: Registry
    let version: String

    /// `GET /fhir/metadata`.
    func metadata(_ request: Request) async throws -> Response {
        guard let date = FHIRDateTime("2026-11-24") else { throw Problem(status: 500) }
        let statement = CapabilityStatement(
            date: date, softwareName: "intake", softwareVersion: version,
            implementation: "Takes in the answered forms of BarnSäkert",
            resources: [
                CapabilityStatement.Resource(
                    "Questionnaire", [.read, .searchType],
                    searchParameters: [CapabilityStatement.SearchParameter("url", .uri)]),
                CapabilityStatement.Resource("QuestionnaireResponse", [.read, .vread, .create, .update]),
            ],
            interactions: [.batch])
        return .bytes(200, contentType: FHIRErrors.contentType, statement.json())
    }

    /// `GET /fhir/Questionnaire?url=…`, with or without `|version`.
    func search(_ request: Request) async throws -> Response {
        for field in request.query.fields where field.name != "url" && field.name != "version" {
            throw Problem.badRequest("Questionnaires are searched by url and version.")
        }
        let wanted = request.query["url"].map { Canonical($0) }
        let version = wanted?.version ?? request.query["version"]
        let found = registry.instruments.filter { instrument in
            let canonical = instrument.questionnaire.canonical
            return wanted.map { $0.url == canonical.url } ?? true && version.map { $0 == canonical.version } ?? true
        }
        let page = SearchSet(
            total: found.count, selfURL: "/fhir/Questionnaire",
            entries: found.map {
                SearchSet.Entry(fullURL: $0.questionnaire.canonical.url, resource: $0.questionnaireJSON)
            })
        return .bytes(200, contentType: FHIRErrors.contentType, page.json())
    }

    /// `GET /fhir/Questionnaire/{id}`, with `?language=` in that language alone: one that isn't there is refused, since
    /// parents would be shown texts that they can't read.
    func read(_ request: Request) async throws -> Response {
        guard let instrument = registry.instrument(id: request.parameter("id")) else { throw Problem.notFound }
        guard let language = request.query["language"] else {
            return .bytes(200, contentType: FHIRErrors.contentType, instrument.questionnaireJSON)
        }
        guard let translated = instrument.questionnaireJSON(in: language) else {
            let languages = instrument.published.languages.joined(separator: ", ")
            throw Problem(status: 404, detail: "This form is there in \(languages).")
        }
        return .bytes(200, contentType: FHIRErrors.contentType, translated).with("content-language", language)
    }
}
