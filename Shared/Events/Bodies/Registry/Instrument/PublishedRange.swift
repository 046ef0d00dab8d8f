/// Two shares in whole per cent between which the published one lies, where no more was published.
///
/// No interval of an estimate: which share within it is the right one nobody has told.
public struct PublishedRange: Codable, Hashable, Sendable {
    /// The lesser.
    public var low: Int
    /// The greater.
    public var high: Int

    /// Takes each member as it will travel.
    public init(
        low: Int, high: Int
    ) {
        self.low = low
        self.high = high
    }
}
