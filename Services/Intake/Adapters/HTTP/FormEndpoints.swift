internal import Events
internal import FHIR
internal import HTTPServer
internal import Store
internal import Telemetry

/// Answered forms over FHIR: one, a batch of them, an amendment, and reading one again.
struct FormEndpoints: Sendable {
    let desk: Desk
    let profile: FormProfile
    let metrics: FormMetrics

    /// `POST /fhir/QuestionnaireResponse`.
    func create(_ request: Request) async throws -> Response {
        try await accept(request) { form in AcceptForm(form: form, manner: .create) }
    }

    /// `PUT /fhir/QuestionnaireResponse/{id}` with `If-Match`: the next revision of a form that stands.
    func amend(_ request: Request) async throws -> Response {
        guard let screening = ScreeningID(request.parameter("id")) else { throw Problem.notFound }
        guard let match = request.headers["if-match"] else {
            throw Problem(status: 428, detail: "If-Match must name the version that is amended.")
        }
        guard let revision = FormAddress.revision(etag: match) else {
            throw Problem(status: 412, detail: "If-Match names no version that stands here.")
        }
        return try await accept(request) { form in
            AcceptForm(form: form, manner: .amend(screening, revision: revision))
        }
    }

    /// `POST /fhir`: every entry stands alone; all that are taken are on disk when the batch is answered.
    func batch(_ request: Request) async throws -> Response {
        let batch: BatchRequest
        do throws(FHIRRefusal) {
            batch = try BatchRequest.decode(request.body)
        } catch {
            return FHIRErrors.response(error)
        }
        let forms = batch.entries.map { entry in
            entry.response.flatMap { response in
                Result { () throws(FHIRRefusal) in try profile.submission(response, at: entry.place) }
            }
        }
        return try await desk.write(request) { write, transaction in
            let entries = try forms.map { form in
                try Self.entry(of: form, write, transaction)
            }
            return (nil, .bytes(200, contentType: FHIRErrors.contentType, BatchResponse(entries).json()))
        }
    }

    /// `GET /fhir/QuestionnaireResponse/{id}` and `…/_history/{version}`: the form as it was answered.
    func read(_ request: Request) async throws -> Response {
        guard let screening = ScreeningID(request.parameter("id")) else { throw Problem.notFound }
        return try await desk.read(request) { write, transaction in
            guard let form = try FormTable.answers(of: screening, in: transaction),
                let child = try ChildTable.find(form.child, in: transaction)
            else { throw Problem.notFound }
            guard write.mayActFor(child) else { throw Problem.forbidden }
            let shown = try ShownForm(form.event, child: child.id, registry: profile.registry)
            if let version = request.parameters["version"], version != String(shown.revision) {
                throw Problem.notFound
            }
            try write.audit("form.read", child.id, screening.text, in: transaction)
            return .bytes(200, contentType: FHIRErrors.contentType, shown.json)
                .with("etag", FormAddress.etag(shown.revision))
        }
    }

    private func accept(
        _ request: Request, _ use: @escaping @Sendable (FormSubmission) -> AcceptForm
    ) async throws -> Response {
        let form: FormSubmission
        do throws(FHIRRefusal) {
            form = try profile.submission(try QuestionnaireResponse.decode(request.body))
        } catch {
            metrics.refused.add()
            return FHIRErrors.response(error)
        }
        let accept = use(form)
        do {
            let response = try await desk.write(request) { write, transaction in
                (form.child, FormAddress.response(to: try accept.perform(write, in: transaction)))
            }
            metrics.accepted.add()
            return response
        } catch let refusal as FormRefusal {
            metrics.refused.add()
            return FHIRErrors.response(refusal)
        }
    }

    private static func entry(
        of form: Result<FormSubmission, FHIRRefusal>, _ write: Write, _ transaction: Transaction
    ) throws -> BatchResponse.Entry {
        do {
            let accept = AcceptForm(form: try form.get(), manner: .create)
            let accepted = try transaction.savepoint { try accept.perform(write, in: transaction) }
            return BatchResponse.Entry(
                status: "201 Created", location: FormAddress.location(accepted),
                etag: FormAddress.etag(accepted.revision))
        } catch let refusal as FHIRRefusal {
            return BatchResponse.Entry(refusal)
        } catch let refusal as FormRefusal {
            return BatchResponse.Entry(status: String(refusal.status), outcome: OperationOutcome([refusal.issue]))
        }
    }
}

/// Where a form is found, and which version of it.
enum FormAddress {
    static func location(_ form: AcceptForm.Accepted) -> String {
        "/fhir/QuestionnaireResponse/\(form.screening.text)/_history/\(form.revision)"
    }

    static func etag(_ revision: Int) -> String { "W/\"\(revision)\"" }

    /// The version that `W/"1"` or `"1"` names.
    static func revision(etag: String) -> Int? {
        let text = etag.hasPrefix("W/") ? etag.dropFirst(2) : etag[...]
        guard text.count > 2, text.first == "\"", text.last == "\"" else { return nil }
        return Int(text.dropFirst().dropLast())
    }

    /// A form's first submission and its repetition get the same answer.
    static func response(to form: AcceptForm.Accepted) -> Response {
        Response(
            status: form.revision == 1 ? 201 : 200,
            headers: ["location": location(form), "etag": etag(form.revision)])
    }
}

/// What is counted of forms as they come in.
struct FormMetrics: Sendable {
    let accepted: Counter
    let refused: Counter

    init(_ registry: MetricsRegistry) {
        let name = "screening_responses_received_total"
        let help = "Forms handed in one by one, by what became of them."
        accepted = registry.counter(name, help: help, labels: [("result", "accepted")])
        refused = registry.counter(name, help: help, labels: [("result", "refused")])
    }
}
