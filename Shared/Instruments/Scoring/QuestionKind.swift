internal import Events

extension Questions.Kind {
    init(_ item: InstrumentItem) {
        switch item.type {
        case .boolean: self = .boolean
        case .integer:
            let range = item.range ?? ItemRange(low: 0, high: 0)
            self = .number(range.low...max(range.low, range.high))
        default: self = .options(item.options.map(\.code))
        }
    }

    /// All possible answers.
    var possible: ClosedRange<Int> {
        switch self {
        case .options(let codes): 0...max(0, codes.count - 1)
        case .boolean: 0...1
        case .number(let range): range
        }
    }

    func number(of value: AnswerValue) throws(AnswerRefusal.Reason) -> Int {
        switch (self, value) {
        case (.options(let codes), .code(let code)):
            guard let place = codes.firstIndex(of: code) else { throw .optionUnknown }
            return place
        case (.boolean, .boolean(let truth)): return truth ? 1 : 0
        case (.number(let range), .integer(let number)):
            guard range.contains(number) else { throw .outOfRange }
            return number
        default: throw .wrongType
        }
    }

    /// The answers that a pattern without faults counts.
    func answers(in pattern: AnswerPattern) -> AnswerSet {
        switch self {
        case .options(let codes): return .options(Self.bits(of: pattern.options, among: codes))
        case .boolean: return .options(Self.bits(of: pattern.options, among: Self.booleanCodes))
        case .number(let range):
            let from = pattern.from ?? range.lowerBound
            return .numbers(from...max(from, pattern.to ?? range.upperBound))
        }
    }

    /// Answers that suffice to find the least and the greatest of what is linear between the bounds of the patterns:
    /// all options, and of numbers the bounds of the range and of each pattern with their neighbours.
    func corners(of patterns: [AnswerSet]) -> [Int] {
        guard case .number(let range) = self else { return Array(possible) }
        let bounds = patterns.flatMap { pattern -> [Int] in
            guard case .numbers(let counted) = pattern else { return [] }
            return [counted.lowerBound - 1, counted.lowerBound, counted.upperBound, counted.upperBound + 1]
        }
        return Set(bounds.filter(range.contains) + [range.lowerBound, range.upperBound]).sorted()
    }

    /// The codes by which patterns name a Boolean's answers, at their numbers.
    static let booleanCodes = ["false", "true"]

    private static func bits(of named: [String], among codes: [String]) -> UInt64 {
        codes.enumerated().reduce(into: 0) { bits, option in
            guard option.offset < AnswerSet.optionsMax, named.contains(option.element) else { return }
            bits |= 1 << UInt64(option.offset)
        }
    }
}
