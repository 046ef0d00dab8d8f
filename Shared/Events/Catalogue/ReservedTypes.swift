/// Names that later releases will write. Reserved so that no other meaning takes them; a record of such a type waits
/// like one of an unknown type, but an operator can be told that an upgrade will read it.
public enum ReservedTypes {
    /// Short names by topic.
    public static let names: [Topic: [String]] = [
        .registry: ["municipality.changed"],
        .contactLists: ["joint-visit-times.published", "resource.review-due"],
        .children: ["child.left", "child.merged", "child.erased"],
        .screenings: ["visit.missed", "screening.lapsed", "screening.retracted"],
        .agreements: ["joint-visit.asked", "follow-up.recorded"],
        .referrals: ["referral.overdue", "joint-visit.changed"],
        .notifications: ["notification.opened", "joint-visit.answered"],
        .programme: [
            "roll-out.planned", "roll-out.step-done", "training.counted", "meeting.held", "survey.answered",
            "figure.imported", "release.published",
        ],
    ]

    /// Whether a `ce_type` is one of the reserved names.
    public static func contains(ceType: String) -> Bool {
        names.values.joined().contains { "barnsakert.\($0).v1" == ceType }
    }
}
