@testable import Reporting

/// Somebody who has every published cell and knows all sums: exact elimination over fractions, and bounds pushed along
/// the sums until they hold still. Written without a look at the code that it attacks.
struct Adversary {
    private let lines: [(coefficients: [Int: Int], constant: Int)]
    private let hidden: [Int]
    private var reduced: [[Int: Fraction]] = []

    init(_ grid: Grid, hidden: Set<Int>) {
        self.hidden = hidden.sorted()
        lines = grid.lines.map { line in
            var coefficients: [Int: Int] = [:]
            var constant = 0
            for part in line.parts {
                if hidden.contains(part) { coefficients[part, default: 0] += 1 } else { constant -= grid.values[part] }
            }
            if hidden.contains(line.total) {
                coefficients[line.total, default: 0] -= 1
            } else {
                constant += grid.values[line.total]
            }
            return (coefficients, constant)
        }
        reduce()
    }

    /// Gauss and Jordan, whole.
    private mutating func reduce() {
        var rows = lines.map { $0.coefficients.mapValues { Fraction($0) } }.filter { !$0.isEmpty }
        var done: [[Int: Fraction]] = []
        for column in hidden {
            guard let index = rows.firstIndex(where: { $0[column] != nil }), let lead = rows[index][column] else {
                continue
            }
            let pivot = rows.remove(at: index).mapValues { $0 / lead }
            func cleared(_ row: [Int: Fraction]) -> [Int: Fraction] {
                guard let factor = row[column] else { return row }
                var row = row
                for (cell, value) in pivot {
                    let rest = (row[cell] ?? Fraction(0)) - factor * value
                    row[cell] = rest.isZero ? nil : rest
                }
                return row
            }
            rows = rows.map(cleared)
            done = done.map(cleared) + [pivot]
        }
        reduced = done
    }

    /// Whether the sums leave the cell one value only.
    func knows(_ cell: Int) -> Bool { reduced.contains { $0.count == 1 && $0[cell] != nil } }

    /// The smallest and the largest value that the sums leave the cell, as far as one sum at a time shows.
    func bounds(of cell: Int) -> (low: Int, high: Int) {
        var low = Dictionary(uniqueKeysWithValues: hidden.map { ($0, 0) })
        var high = Dictionary(uniqueKeysWithValues: hidden.map { ($0, 1_000_000) })
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for line in lines {
                for (cell, sign) in line.coefficients {
                    // sign · x = constant − the others, whose own bounds give the span of the right side.
                    var (from, to) = (line.constant, line.constant)
                    for (other, factor) in line.coefficients where other != cell {
                        from -= factor > 0 ? high[other]! : -low[other]!
                        to -= factor > 0 ? low[other]! : -high[other]!
                    }
                    let span = sign > 0 ? (from, to) : (-to, -from)
                    if span.0 > low[cell]! { (low[cell], hasChanged) = (span.0, true) }
                    if span.1 < high[cell]! { (high[cell], hasChanged) = (span.1, true) }
                }
            }
        }
        return (low[cell]!, high[cell]!)
    }
}

/// A fraction of whole numbers; the tables of the tests are far from overflowing it, and a trap would say so.
struct Fraction {
    let above: Int
    let below: Int

    init(_ above: Int, _ below: Int = 1) {
        var (a, b) = (abs(above), abs(below))
        while b != 0 { (a, b) = (b, a % b) }
        let sign = below < 0 ? -1 : 1
        self.above = a == 0 ? 0 : sign * above / a
        self.below = a == 0 ? 1 : sign * below / a
    }

    var isZero: Bool { above == 0 }

    static func - (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.above * right.below - right.above * left.below, left.below * right.below)
    }
    static func * (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.above * right.above, left.below * right.below)
    }
    static func / (left: Fraction, right: Fraction) -> Fraction {
        Fraction(left.above * right.below, left.below * right.above)
    }
}

extension Grid {
    /// A grid whose cells cost the same.
    init(values: [Int], lines: [Line]) {
        self.init(values: values, lines: lines, costs: values.map { _ in 0 }, withoutZero: [], technical: [])
    }
}

/// A table with its margins: rows are places, columns divide a group.
struct Table {
    let grid: Grid
    private let columns: Int

    init(rows: [[Int]]) {
        let columns = rows[0].count
        self.columns = columns
        let sums = (0..<columns).map { column in rows.reduce(0) { $0 + $1[column] } }
        let all = rows + [sums]
        let values = all.flatMap { [$0.reduce(0, +)] + $0 }
        let width = columns + 1
        var lines = all.indices.map { row in
            Grid.Line(
                total: row * width, parts: (1...columns).map { row * width + $0 }, dividesGroup: true)
        }
        lines += (0...columns).map { column in
            Grid.Line(
                total: rows.count * width + column, parts: rows.indices.map { $0 * width + column },
                dividesGroup: false)
        }
        grid = Grid(values: values, lines: lines)
    }

    func cell(_ row: Int, _ column: Int) -> Int { row * (columns + 1) + 1 + column }
}
