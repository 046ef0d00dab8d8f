import Foundation
import Support
import Testing

@testable import ReferralRouter

/// The number that people say on the telephone.
@Suite("Reference number")
struct ReferenceNumberTests {
    static func number(_ generator: inout SeededGenerator) -> ReferenceNumber {
        ReferenceNumber(hash: (0..<32).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
    }

    @Test("reads back as it was written, in small letters and with spaces too")
    func roundTrip() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let number = Self.number(&generator)
            #expect(number.description.wholeMatch(of: /[2-9B-DF-HJ-NP-TV-Z]{4}-[2-9B-DF-HJ-NP-TV-Z]{4}/) != nil)
            #expect(ReferenceNumber(number.description) == number)
            #expect(ReferenceNumber(number.description.lowercased().replacing("-", with: " ")) == number)
        }
    }

    @Test("finds every wrong symbol and every two that changed places")
    func checks() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<20 {
            let right = Array(Self.number(&generator).description)
            for place in right.indices where right[place] != "-" {
                for symbol in "23456789BCDFGHJKLMNPQRSTVWXYZ" where symbol != right[place] {
                    var wrong = right
                    wrong[place] = symbol
                    #expect(ReferenceNumber(String(wrong)) == nil)
                }
                for other in right.indices where right[other] != "-" && right[other] != right[place] {
                    var wrong = right
                    wrong.swapAt(place, other)
                    #expect(ReferenceNumber(String(wrong)) == nil)
                }
            }
        }
    }

    @Test("no two of ten thousand offers share one")
    func distinct() {
        var generator = SeededGenerator(seed: 3)
        let numbers = (0..<10_000).map { _ in Self.number(&generator) }
        #expect(Set(numbers).count == numbers.count)
    }
}
