/// Why something can't be an answer to an instrument. The decision is always to refuse the form: the same answers never
/// get better.
public struct AnswerRefusal: Error, Sendable, Hashable {
    /// What is wrong, under a constant code.
    public enum Reason: String, Error, Sendable, CaseIterable {
        /// The instrument has no such item.
        case itemUnknown = "item-unknown"
        /// An item stands twice.
        case itemRepeated = "item-repeated"
        /// The item has no such option.
        case optionUnknown = "option-unknown"
        /// A number outside the item's range.
        case outOfRange = "number-out-of-range"
        /// Another type than the item's.
        case wrongType = "answer-of-another-type"
    }

    /// What is wrong.
    public let reason: Reason
    /// Which of the answers it is, from 0. The answer itself is told to nobody.
    public let place: Int

    init(_ reason: Reason, at place: Int) {
        self.reason = reason
        self.place = place
    }
}
