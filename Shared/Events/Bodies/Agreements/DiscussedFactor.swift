/// A factor in a conversation.
public struct DiscussedFactor: Codable, Hashable, Sendable {
    /// The factor.
    public var factor: RiskFactor
    /// Whether it was talked about.
    public var talked: Discussed

    /// Takes each member as it will travel.
    public init(
        factor: RiskFactor, talked: Discussed
    ) {
        self.factor = factor
        self.talked = talked
    }
}

/// Whether a factor was talked about.
///
/// Closed: a code that is not known here is a decoding fault, so that the record parks.
public enum Discussed: String, Codable, CaseIterable, Sendable {
    /// It was.
    case yes
    /// It was not.
    case no
    /// The parent did not want to.
    case notWanted = "not-wanted"
}
