/// How often what happens: the published figures that synthetic families keep (reference: Dalarna's routine use,
/// Jönköping's introduction, Jämtland Härjedalen's report), and shares for which nothing is published.
enum Rates {
    /// Visits at which the form was used, of those possible (Jönköping).
    static let used = 0.88
    /// Answered forms with any outcome (Dalarna: 52 % of about 10 000 participating parents).
    static let withOutcome = 0.52
    /// Participating children who got a joint home visit (Jämtland Härjedalen, "same elsewhere").
    static let jointVisits = 0.02
    /// Visits to which both parents come; as the demonstration is asked to have it.
    static let bothParents = 0.5

    // Invented from here on.

    /// Families in which one parent alone is listed.
    static let onlyParents = 0.1
    /// Parents who are offered the form at a visit where it is used and say no.
    static let declined = 0.05
    /// Answered forms in which a question was passed over.
    static let partial = 0.05
    /// Forms with an outcome that were talked about.
    static let talked = 0.9
    /// Conversations in which support was offered.
    static let offered = 0.4
    /// Children of units that have not begun.
    static let notLive = 0.02
}
