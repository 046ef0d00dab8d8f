import Synchronization

/// Hands out numbers in order, each once, to whoever asks.
final class Numbers: Sendable {
    private let next: Atomic<Int>

    init(from first: Int = 0) { next = Atomic(first) }

    func take(below end: Int) -> Int? {
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < end ? number : nil
    }
}

/// A number that many add to.
final class Tally: Sendable {
    private let sum = Atomic(0)

    var value: Int { sum.load(ordering: .relaxed) }
    func add(_ amount: Int = 1) { sum.add(amount, ordering: .relaxed) }
}
