internal import Support

/// Chance that a seed repeats. Shares are kept exactly: it is drawn who, not how many.
struct Dice {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] { elements.shuffled(using: &random) }

    /// One of several, which must not be none.
    mutating func one<Element>(of elements: [Element]) -> Element { elements[number(0...elements.count - 1)] }

    /// One of several by weight, of which at least one must be above 0.
    mutating func one<Element>(of weighted: [(Element, weight: Int)]) -> Element {
        var left = number(1...weighted.reduce(0) { $0 + $1.weight })
        for (element, weight) in weighted {
            left -= weight
            if left <= 0 { return element }
        }
        return weighted[weighted.count - 1].0
    }

    /// Which of `count` are meant: `share` of them, to the nearest whole number.
    mutating func chosen(_ share: Double, of count: Int) -> Set<Int> {
        Set(shuffled(Array(0..<count)).prefix(Int((share * Double(count)).rounded())))
    }
}
