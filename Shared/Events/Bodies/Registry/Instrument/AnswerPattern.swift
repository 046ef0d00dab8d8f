/// Answers to one item that count.
public struct AnswerPattern: Codable, Hashable, Sendable {
    /// `linkId` of the item.
    public var item: String
    /// Option codes, any of which counts.
    public var options: [String]

    /// Takes each member as it will travel.
    public init(
        item: String, options: [String]
    ) {
        self.item = item
        self.options = options
    }
}
