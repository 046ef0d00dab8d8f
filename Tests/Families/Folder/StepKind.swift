/// What a file of a family's folder is sent as: the word after its number.
enum StepKind: String, Sendable, CaseIterable {
    /// The child with those who may answer: `POST /v1/children` of intake.
    case child
    /// A visit with what became of the form for each parent: `POST /v1/visits`.
    case visit
    /// A later mark for one parent at a visit: `POST /v1/visits/{visit}/screenings`.
    case screening
    /// A FHIR QuestionnaireResponse: `POST /fhir/QuestionnaireResponse`.
    case form
    /// A FHIR batch Bundle of them: `POST /fhir`.
    case forms
    /// What was talked about, offered, decided and consented to: `POST /v1/conversations`. Sent when the outcome of the
    /// parent's form is there: a nurse reads it before she talks.
    case conversation
    /// A later decision about an offer: `POST /v1/offers/{offer}/decisions`.
    case decision
    /// A further guardian's consent: `POST /v1/consents/{consent}/guardians`.
    case guardian
    /// A consent taken back: `POST /v1/consents/{consent}/withdrawal`.
    case withdrawal
    /// Nothing is sent: the family goes on when the nurse sees that the offer is held.
    case held
    /// Nothing is sent: the family goes on when the recipient has been told of the offer's referral.
    case delivered
    /// The recipient's answer: `POST /v1/referrals/{referral}/answers` of notifier. Waits as `delivered` does.
    case answer
}
