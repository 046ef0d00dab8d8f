/// One item that was shown. An item that was never shown (a follow-up question) is not in the list.
public struct ItemAnswer: Codable, Hashable, Sendable {
    /// `linkId` of the item.
    public var item: String
    /// The answer; absent: shown and left unanswered, which is unknown and never no.
    public var value: AnswerValue?

    /// Takes each member as it will travel.
    public init(
        item: String, value: AnswerValue? = nil
    ) {
        self.item = item
        self.value = value
    }
}
