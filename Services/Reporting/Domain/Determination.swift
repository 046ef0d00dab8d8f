/// Which hidden cells follow from all sums of a grid together.
///
/// The sums are linear equations in the hidden cells. A cell is determined when it is the same in every solution, which
/// is when it is 0 in every solution of the homogeneous equations. One such solution with arbitrary free cells shows
/// it: a cell that depends on any of them is different from 0 there. Counted in whole numbers modulo a prime, so that
/// nothing is rounded; the coefficients are 1 and −1, whose minors the prime is far beyond.
struct Determination {
    /// The determined cells.
    let cells: Set<Int>

    /// One coefficient of a row, by cell.
    private typealias Term = (cell: Int, factor: Residue)

    init(_ lines: [Grid.Line], isHidden: [Bool]) {
        var pivots: [Int: [Term]] = [:]
        for line in lines {
            var row = Self.row(of: line, isHidden: isHidden)
            while let lead = row.first {
                guard let pivot = pivots[lead.cell] else {
                    let inverse = lead.factor.inverse
                    pivots[lead.cell] = row.map { ($0.cell, $0.factor * inverse) }
                    break
                }
                row = Self.subtract(pivot, times: lead.factor, from: row)
            }
        }
        var solution: [Int: Residue] = [:]
        var determined: Set<Int> = []
        for (cell, row) in pivots.sorted(by: { $0.key > $1.key }) {
            var value = Residue.zero
            for term in row.dropFirst() {
                value = value - term.factor * (solution[term.cell] ?? Residue.arbitrary(term.cell))
            }
            solution[cell] = value
            if value == .zero { determined.insert(cell) }
        }
        cells = determined
    }

    private static func row(of line: Grid.Line, isHidden: [Bool]) -> [Term] {
        var terms: [Term] = line.parts.filter { isHidden[$0] }.map { ($0, .one) }
        if isHidden[line.total] { terms.append((line.total, .zero - .one)) }
        return terms.sorted { $0.cell < $1.cell }
    }

    /// `row − factor · pivot`, without the terms that vanish.
    private static func subtract(_ pivot: [Term], times factor: Residue, from row: [Term]) -> [Term] {
        var result: [Term] = []
        var (left, right) = (row[...], pivot[...])
        while let first = left.first, let second = right.first {
            if first.cell < second.cell {
                result.append(left.removeFirst())
            } else if second.cell < first.cell {
                right.removeFirst()
                result.append((second.cell, .zero - factor * second.factor))
            } else {
                left.removeFirst()
                right.removeFirst()
                let rest = first.factor - factor * second.factor
                if rest != .zero { result.append((first.cell, rest)) }
            }
        }
        result += left
        result += right.map { ($0.cell, .zero - factor * $0.factor) }
        return result
    }
}

/// A whole number modulo the prime 2⁶¹ − 1.
struct Residue: Equatable {
    private static let prime: UInt64 = (1 << 61) - 1
    private let value: UInt64

    static let zero = Residue(value: 0)
    static let one = Residue(value: 1)

    /// A number that has nothing to do with others of its kind: the mixing step of SplitMix64 over the index.
    static func arbitrary(_ index: Int) -> Residue {
        var bits = UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15 &+ 0x632B_E59B_D9B4_E019
        bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
        return Residue(value: (bits ^ bits >> 31) % prime)
    }

    static func - (left: Residue, right: Residue) -> Residue {
        Residue(value: left.value >= right.value ? left.value - right.value : left.value + prime - right.value)
    }

    static func * (left: Residue, right: Residue) -> Residue {
        Residue(value: prime.dividingFullWidth(left.value.multipliedFullWidth(by: right.value)).remainder)
    }

    /// Fermat: `x^(p−2)`.
    var inverse: Residue {
        var (result, base, exponent) = (Residue.one, self, Self.prime - 2)
        while exponent > 0 {
            if exponent & 1 == 1 { result = result * base }
            base = base * base
            exponent >>= 1
        }
        return result
    }
}
