/// Whole numbers that lie near each other, one bit each: the sums that answers can come to.
///
/// Never empty. All sums of one of this and one of another cost a step for each number of the smaller and each 64 of
/// the larger, so that a rule's sums, which `InstrumentLimits.spanMax` bounds, are walked through in microseconds.
struct SumSet: Sendable {
    /// The number of the first bit, which is always set.
    private(set) var least: Int
    /// The last one has a bit set.
    private var words: [UInt64]

    /// One number.
    init(_ number: Int) {
        least = number
        words = [1]
    }

    var greatest: Int { least + words.count * UInt64.bitWidth - 1 - words[words.count - 1].leadingZeroBitCount }

    func union(_ other: SumSet) -> SumSet {
        let (lower, others) = least <= other.least ? (self, other) : (other, self)
        var all = lower
        all.put(others.words, at: others.least - all.least)
        return all
    }

    /// Every sum of one of this and one of another.
    func adding(_ other: SumSet) -> SumSet {
        let (few, many) = words.count <= other.words.count ? (self, other) : (other, self)
        var sums = many
        sums.least += few.least
        for (place, word) in few.words.enumerated() {
            // The first bit is what there is already.
            var rest = place == 0 ? word & ~1 : word
            while rest != 0 {
                sums.put(many.words, at: place * UInt64.bitWidth + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
        return sums
    }

    /// Whether any of the numbers lies within a range.
    func meets(_ range: Range<Int>) -> Bool {
        let from = max(0, range.lowerBound - least)
        let end = range.upperBound - least
        guard from < end else { return false }
        var place = from / UInt64.bitWidth
        while place < words.count, place * UInt64.bitWidth < end {
            let first = place * UInt64.bitWidth
            // Shifts beyond the width give nothing.
            let within = ~UInt64(0) << UInt64(max(0, from - first)) & ~(~UInt64(0) << UInt64(end - first))
            if words[place] & within != 0 { return true }
            place += 1
        }
        return false
    }

    /// Sets the bits of others, so many places up.
    private mutating func put(_ others: [UInt64], at shift: Int) {
        let (skipped, bits) = shift.quotientAndRemainder(dividingBy: UInt64.bitWidth)
        let last = others[others.count - 1] >> UInt64(UInt64.bitWidth - bits)
        let count = skipped + others.count + (bits > 0 && last != 0 ? 1 : 0)
        if words.count < count { words += [UInt64](repeating: 0, count: count - words.count) }
        for (place, word) in others.enumerated() {
            words[skipped + place] |= word << UInt64(bits)
            let carried = word >> UInt64(UInt64.bitWidth - bits)
            if carried != 0 { words[skipped + place + 1] |= carried }
        }
    }
}
