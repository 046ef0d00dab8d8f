/// What one item adds to a weighted sum: its weight times its value.
///
/// A value is the option's ordinal value, 0 or 1 of a Boolean, or the number itself.
public struct RuleTerm: Codable, Hashable, Sendable {
    /// `linkId` of the item.
    public var item: String
    /// From 1.
    public var weight: Int
    /// Reverse-coded: the item's least plus its greatest possible value, less the value, takes the place of the value.
    public var reversed: Bool?

    /// Takes each member as it will travel.
    public init(
        item: String, weight: Int, reversed: Bool? = nil
    ) {
        self.item = item
        self.weight = weight
        self.reversed = reversed
    }
}
