internal import Documents
internal import Events
internal import HTTPServer
internal import Store

/// What staff and record systems record: children, visits, what became of the form.
struct ClinicEndpoints: Sendable {
    let desk: Desk

    /// `POST /v1/children`.
    func listChild(_ request: Request) async throws -> Response {
        let (listing, json) = try DocumentReading.body(request.body, ListingDocument.read)
        let use = ListChild(listing, json: json)
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try use.perform(write, in: transaction)
            return (child, try .json(201, answer))
        }
    }

    /// `POST /v1/visits`.
    func recordVisit(_ request: Request) async throws -> Response {
        let use = RecordVisit(record: try DocumentReading.body(request.body, VisitDocument.visit).document)
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try use.perform(write, in: transaction)
            return (child, try .json(201, answer))
        }
    }

    /// `POST /v1/visits/{visit}/screenings`.
    func recordScreening(_ request: Request) async throws -> Response {
        guard let visit = VisitID(request.parameter("visit")) else { throw Problem.notFound }
        let record = try DocumentReading.body(request.body, VisitDocument.screening).document
        let use = RecordScreening(record: record, pointer: "#")
        return try await desk.write(request) { write, transaction in
            let (child, answer) = try use.perform(at: visit, write, in: transaction)
            return (child, try .json(201, answer))
        }
    }
}
