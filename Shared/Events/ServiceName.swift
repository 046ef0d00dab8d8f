/// One of the five services. The raw value is its name everywhere outside the code: product, topic, group, `ce_source`.
public enum ServiceName: String, Codable, CaseIterable, Sendable {
    /// Takes in forms and the nurses' records; the only one that knows who a surrogate is.
    case intake
    /// Scores forms; the only one that reads answers.
    case scoring
    /// Turns accepted offers with complete consents into referrals.
    case referralRouter = "referral-router"
    /// Tells recipients, and takes their answers.
    case notifier
    /// Counts facts.
    case reporting
}
