/// The whole numbers that may be answered.
public struct ItemRange: Codable, Hashable, Sendable {
    /// The least.
    public var low: Int
    /// The greatest.
    public var high: Int

    /// Takes each member as it will travel.
    public init(
        low: Int, high: Int
    ) {
        self.low = low
        self.high = high
    }
}
