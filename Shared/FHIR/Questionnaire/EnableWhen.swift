extension Questionnaire {
    /// A condition on the answers to another question, under which an item is asked.
    public struct EnableWhen: Sendable, Hashable {
        /// How the answers are compared: the codes of `http://hl7.org/fhir/questionnaire-enable-operator`.
        public enum Operator: String, Sendable, CaseIterable {
            /// There is an answer, or there is none.
            case exists
            /// An answer is equal.
            case equal = "="
            /// No answer is equal. True also where there is no answer.
            case notEqual = "!="
            /// An answer is greater.
            case greater = ">"
            /// An answer is less.
            case less = "<"
            /// An answer is greater or equal.
            case greaterOrEqual = ">="
            /// An answer is less or equal.
            case lessOrEqual = "<="

            /// True if the values compared must be greater or less than each other.
            var needsOrder: Bool {
                switch self {
                case .exists, .equal, .notEqual: false
                case .greater, .less, .greaterOrEqual, .lessOrEqual: true
                }
            }
        }

        /// The linkId of the question.
        public var question: String
        /// How its answers are compared.
        public var comparison: Operator
        /// What they are compared with.
        public var answer: FHIRValue

        /// A condition from its parts.
        public init(_ question: String, _ comparison: Operator, _ answer: FHIRValue) {
            self.question = question
            self.comparison = comparison
            self.answer = answer
        }

        /// Whether the condition holds for the answers to its question.
        ///
        /// Values that can't be ordered, as a year and a day within it, don't fulfil a comparison.
        public func holds(for answers: [FHIRValue]) -> Bool {
            switch comparison {
            case .exists: answer == .boolean(!answers.isEmpty)
            case .equal: answers.contains { $0.means(answer) }
            case .notEqual: !answers.contains { $0.means(answer) }
            case .greater: answers.contains { $0.order(answer) == .greater }
            case .less: answers.contains { $0.order(answer) == .less }
            case .greaterOrEqual: answers.contains { $0.means(answer) || $0.order(answer) == .greater }
            case .lessOrEqual: answers.contains { $0.means(answer) || $0.order(answer) == .less }
            }
        }
    }
}

extension Questionnaire.EnableWhen: FHIRElement {
    init?(reading members: inout Members) {
        let question = members.string(.question)
        let comparison = members.code(.operator, as: Operator.self)
        let answer = members.value(.inEnableWhen)
        members.require(.question, .operator)
        guard let question, let comparison, let answer else { return nil }
        self.init(question, comparison, answer)
    }

    func write(to json: inout JSONWriter) {
        json.string(.question, question)
        json.string(.operator, comparison.rawValue)
        json.value(answer, inEnableWhen: true)
    }
}

extension FHIRValue {
    fileprivate enum Order {
        case less, equal, greater
    }

    /// How two values of one type stand to each other; nil where that can't be said.
    fileprivate func order(_ other: FHIRValue) -> Order? {
        switch (self, other) {
        case (.integer(let first), .integer(let second)): Self.order(first, second)
        case (.decimal(let first), .decimal(let second)): Self.order(first, second)
        case (.time(let first), .time(let second)): Self.order(first.text, second.text)
        case (.date(let first), .date(let second)) where first.precision == second.precision:
            Self.order(first.text, second.text)
        case (.dateTime(let first), .dateTime(let second)): Self.order(first, second)
        case (.quantity(let first), .quantity(let second)): Self.order(first, second)
        default: nil
        }
    }

    private static func order<Value: Comparable>(_ first: Value, _ second: Value) -> Order {
        first < second ? .less : first == second ? .equal : .greater
    }

    private static func order(_ first: FHIRDateTime, _ second: FHIRDateTime) -> Order? {
        if let first = first.instant, let second = second.instant { return order(first, second) }
        guard first.instant == nil, second.instant == nil, first.text.utf8.count == second.text.utf8.count else {
            return nil
        }
        return order(first.text, second.text)
    }

    private static func order(_ first: Quantity, _ second: Quantity) -> Order? {
        guard first.code == second.code, first.system == second.system, first.unit == second.unit,
            first.comparator == nil, second.comparator == nil, let first = first.value, let second = second.value
        else { return nil }
        return order(first, second)
    }
}
