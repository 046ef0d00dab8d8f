public import Events

/// The items of a definition, arranged for scoring: questions by number, answers as numbers.
///
/// An answer is the place of its option, 0 or 1 of a Boolean, or the whole number itself. Made once for each version;
/// a value that any number of threads may share.
public struct Questions: Sendable {
    struct Question: Sendable {
        let linkId: String
        let kind: Kind
        let gate: Gate?
    }

    enum Kind: Sendable {
        case options([String])
        case boolean
        case number(ClosedRange<Int>)
    }

    /// The answers to an earlier question after which a follow-up is asked.
    struct Gate: Sendable {
        let question: Int
        let answers: AnswerSet
    }

    let all: [Question]
    private let numbers: [String: Int]
    private let hasFollowUps: Bool

    /// Arranges items. Of those that have faults nothing is promised but that it ends.
    init(_ items: [InstrumentItem]) {
        var numbers: [String: Int] = [:]
        var all: [Question] = []
        for item in items {
            let gate = item.askedWhen.flatMap { pattern in
                numbers[pattern.item].map { Gate(question: $0, answers: all[$0].kind.answers(in: pattern)) }
            }
            numbers[item.linkId] = all.count
            all.append(Question(linkId: item.linkId, kind: Kind(item), gate: gate))
        }
        self.all = all
        self.numbers = numbers
        hasFollowUps = all.contains { $0.gate != nil }
    }

    /// A form without any answer.
    var unanswered: GivenAnswers {
        let values = [Int?](repeating: nil, count: all.count)
        return GivenAnswers(values: values, asked: hasFollowUps ? asked(values) : nil)
    }

    /// Items in the order of the instrument.
    public func inOrder(_ linkIds: Set<String>) -> [String] { all.map(\.linkId).filter(linkIds.contains) }

    func number(of linkId: String) -> Int? { numbers[linkId] }

    /// Takes the answers of a form. Costs about a microsecond for 18 in their order.
    public func read(_ answers: [ItemAnswer]) throws(AnswerRefusal) -> GivenAnswers {
        var values = [Int?](repeating: nil, count: all.count)
        var isSeen = [Bool](repeating: false, count: all.count)
        var next = 0
        for (place, answer) in answers.enumerated() {
            // Forms come in the order of the questions: no need to look up the one that is next.
            let isNext = next < all.count && all[next].linkId == answer.item
            guard let question = isNext ? next : numbers[answer.item] else {
                throw AnswerRefusal(.itemUnknown, at: place)
            }
            if isSeen[question] { throw AnswerRefusal(.itemRepeated, at: place) }
            isSeen[question] = true
            next = question + 1
            guard let value = answer.value else { continue }
            do throws(AnswerRefusal.Reason) {
                values[question] = try all[question].kind.number(of: value)
            } catch {
                throw AnswerRefusal(error, at: place)
            }
        }
        return GivenAnswers(values: values, asked: hasFollowUps ? asked(values) : nil)
    }

    /// Which questions are asked after these answers, each after its gate.
    private func asked(_ values: [Int?]) -> [Asked] {
        var asked: [Asked] = []
        asked.reserveCapacity(all.count)
        for question in all {
            guard let gate = question.gate else {
                asked.append(.yes)
                continue
            }
            switch (asked[gate.question], values[gate.question]) {
            case (.no, _): asked.append(.no)
            case (_, nil): asked.append(.maybe)
            case (let above, let answer?): asked.append(gate.answers.contains(answer) ? above : .no)
            }
        }
        return asked
    }
}

/// Whether a question is asked after the answers to those before it. Unknown while its gate is unanswered.
enum Asked: Sendable {
    case yes, maybe, no
}

/// The answers of one form, as numbers.
public struct GivenAnswers: Sendable {
    let values: [Int?]
    /// Nil where every question is always asked.
    fileprivate let asked: [Asked]?

    func isAsked(_ question: Int) -> Asked { asked.map { $0[question] } ?? .yes }
}
