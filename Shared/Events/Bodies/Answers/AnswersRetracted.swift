/// A form is taken back: it counts as never answered.
///
/// Its revisions go on from those of the screening's `answers.submitted`: both types share one sequence, and the
/// highest revision holds. A form that comes again afterwards is the next revision.
public struct AnswersRetracted: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// Why.
    public var reason: RetractionReason

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, reason: RetractionReason
    ) {
        self.screening = screening
        self.reason = reason
    }

    /// `answers.retracted`.
    public static let type = EventType.answersRetracted

    /// What the fact is about.
    public var subject: String { screening.text }
}
