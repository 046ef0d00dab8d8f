/// An outcome is taken back, because its form was: it is shown and counted no more.
///
/// Its revisions go on from those of the screening's `outcome.scored`: both types share one sequence, so that a reader
/// who keeps no order can tell which came last; the highest revision holds. The retraction of revision *n* is *n* + 1;
/// the outcome of a form that comes again afterwards is *n* + 2.
public struct OutcomeRetracted: EventBody {
    /// The screening.
    public var screening: ScreeningID
    /// Why the form was taken back.
    public var reason: RetractionReason
    /// Which revision of the form's sequence took it back; nil for its first.
    public var formRevision: Int?

    /// Takes each member as it will travel.
    public init(
        screening: ScreeningID, reason: RetractionReason, formRevision: Int? = nil
    ) {
        self.screening = screening
        self.reason = reason
        self.formRevision = formRevision
    }

    /// `outcome.retracted`.
    public static let type = EventType.outcomeRetracted

    /// What the fact is about.
    public var subject: String { screening.text }
}
