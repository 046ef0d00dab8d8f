/// Answers to one item that count: some of its options or, of an item that is answered by a whole number, an interval.
public struct AnswerPattern: Codable, Hashable, Sendable {
    /// `linkId` of the item.
    public var item: String
    /// Option codes, any of which counts; of a Boolean `true` and `false`. Empty for an interval.
    public var options: [String]
    /// The least number that counts; absent: the least of the item's range.
    public var from: Int?
    /// The greatest number that counts; absent: the greatest of the item's range.
    public var to: Int?

    /// Takes each member as it will travel.
    public init(
        item: String, options: [String] = [], from: Int? = nil, to: Int? = nil
    ) {
        self.item = item
        self.options = options
        self.from = from
        self.to = to
    }
}
