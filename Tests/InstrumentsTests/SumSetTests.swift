import Support
import Testing

@testable import Instruments

@Suite("Sums as bits")
struct SumSetTests {
    /// The same numbers twice: as bits, and as a set of Swift.
    private struct Both {
        var bits: SumSet
        var numbers: Set<Int>

        init(_ numbers: [Int]) {
            bits = numbers.dropFirst().reduce(SumSet(numbers[0])) { $0.union(SumSet($1)) }
            self.numbers = Set(numbers)
        }
    }

    @Test("are what a set of numbers is: in its ends, union, sums, and what lies within", arguments: [UInt64](1...20))
    func likeASet(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func some(_ random: inout SeededGenerator) -> Both {
            let width = [1, 3, 64, 65, 200, 700].randomElement(using: &random) ?? 1
            let first = Int.random(in: -500...500, using: &random)
            return Both(
                (0..<Int.random(in: 1...12, using: &random)).map { _ in
                    first + Int.random(in: 0...width, using: &random)
                })
        }
        for _ in 0..<200 {
            let (one, other) = (some(&random), some(&random))
            let sums = Set(one.numbers.flatMap { a in other.numbers.map { a + $0 } })
            for (bits, numbers) in [
                (one.bits, one.numbers), (one.bits.union(other.bits), one.numbers.union(other.numbers)),
                (one.bits.adding(other.bits), sums), (other.bits.adding(one.bits), sums),
            ] {
                #expect(bits.least == numbers.min() && bits.greatest == numbers.max(), "seed \(seed)")
                for _ in 0..<20 {
                    let low = Int.random(in: -1500...2500, using: &random)
                    let range = low..<low + Int.random(in: 0...150, using: &random)
                    #expect(bits.meets(range) == numbers.contains(where: range.contains), "seed \(seed)")
                }
                for number in numbers { #expect(bits.meets(number..<number + 1), "seed \(seed)") }
            }
        }
    }
}
