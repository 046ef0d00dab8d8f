/// Answers to one question that count, by the numbers that `Questions` gives answers.
enum AnswerSet: Sendable, Hashable {
    /// Options, one bit each.
    case options(UInt64)
    /// Whole numbers.
    case numbers(ClosedRange<Int>)

    /// More options than these a question can't have, since each is a bit.
    static let optionsMax = 64

    func contains(_ answer: Int) -> Bool {
        switch self {
        case .options(let bits): bits & (1 << UInt64(answer)) != 0
        case .numbers(let range): range.contains(answer)
        }
    }
}
