internal import HTTPServer

/// The public port: who may call what.
enum IntakeRoutes {
    private static let json: Set<String> = ["application/json"]
    private static let fhirJSON: Set<String> = ["application/fhir+json", "application/json"]
    private static let batchBytesMax = 1 << 20
    private static let formBytesMax = 64 << 10

    static func groups(
        _ desk: Desk, forms: FormEndpoints, questionnaires: QuestionnaireEndpoints
    ) -> [RouteGroup] {
        [
            RouteGroup(prefix: "/fhir", errors: FHIRErrors.body, routes: fhir(forms, questionnaires)),
            RouteGroup(
                routes: [description] + records(ClinicEndpoints(desk: desk))
                    + agreements(AgreementEndpoints(desk: desk))),
        ]
    }

    /// The OpenAPI document of this port, which a test holds to these routes.
    private static var description: Route {
        Route(
            .get, "/openapi.json", access: .roles([.tablet, .nurse, .doctor, .ehr, .ops], .checkedByHandler)
        ) { _ in
            .bytes(200, contentType: "application/json", PackageResources.openapi_json)
        }
    }

    private static func fhir(_ forms: FormEndpoints, _ questionnaires: QuestionnaireEndpoints) -> [Route] {
        let answering = Access.roles([.tablet, .nurse, .doctor, .ehr], .checkedByHandler)
        let reading = Access.roles([.nurse, .doctor, .ehr], .checkedByHandler)
        return [
            Route(.get, "/metadata", access: answering, handler: questionnaires.metadata),
            Route(.get, "/Questionnaire", access: answering, handler: questionnaires.search),
            Route(.get, "/Questionnaire/{id}", access: answering, handler: questionnaires.read),
            Route(
                .post, "/QuestionnaireResponse", access: answering, accepts: fhirJSON, bodyBytesMax: formBytesMax,
                handler: forms.create),
            Route(
                .put, "/QuestionnaireResponse/{id}", access: answering, accepts: fhirJSON, bodyBytesMax: formBytesMax,
                handler: forms.amend),
            Route(.get, "/QuestionnaireResponse/{id}", access: reading, handler: forms.read),
            Route(.get, "/QuestionnaireResponse/{id}/_history/{version}", access: reading, handler: forms.read),
            Route(
                .post, "", access: answering, accepts: fhirJSON, bodyBytesMax: batchBytesMax, handler: forms.batch),
        ]
    }

    private static func records(_ clinic: ClinicEndpoints) -> [Route] {
        let recording = Access.roles([.nurse, .doctor, .ehr], .checkedByHandler)
        return [
            Route(.post, "/v1/children", access: recording, accepts: json, handler: clinic.listChild),
            Route(.post, "/v1/visits", access: recording, accepts: json, handler: clinic.recordVisit),
            Route(
                .post, "/v1/visits/{visit}/screenings", access: recording, accepts: json,
                handler: clinic.recordScreening),
        ]
    }

    private static func agreements(_ agreements: AgreementEndpoints) -> [Route] {
        let staff = Access.roles([.nurse, .doctor], .checkedByHandler)
        return [
            Route(.post, "/v1/conversations", access: staff, accepts: json, handler: agreements.recordConversation),
            Route(.post, "/v1/offers/{offer}/decisions", access: staff, accepts: json, handler: agreements.decide),
            Route(
                .post, "/v1/consents/{consent}/guardians", access: staff, accepts: json,
                handler: agreements.addGuardian),
            Route(
                .post, "/v1/consents/{consent}/withdrawal", access: staff, accepts: json,
                handler: agreements.withdraw),
            Route(.get, "/v1/offers/{offer}", access: staff, handler: agreements.readOffer),
            Route(.get, "/v1/screenings/{screening}/outcome", access: staff, handler: agreements.readOutcome),
        ]
    }
}
