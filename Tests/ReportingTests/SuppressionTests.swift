import Support
import Testing

@testable import Reporting

/// What an adversary with every published number of one release can find out.
@Suite("Small groups")
struct SuppressionTests {
    @Test("a cell of 1 to 4 is hidden, and one that would give it away")
    func oneSmallCell() {
        let grid = Grid(
            values: [30, 3, 10, 17], lines: [.init(total: 0, parts: [1, 2, 3], dividesGroup: false)])
        #expect(Suppression(grid).isHidden == [false, true, true, false])
    }

    @Test("hidden cells that come to less than five together take one more with them")
    func smallTogether() {
        let grid = Grid(
            values: [24, 1, 2, 6, 15], lines: [.init(total: 0, parts: [1, 2, 3, 4], dividesGroup: false)])
        #expect(Suppression(grid).isHidden == [false, true, true, true, false])
    }

    @Test("a group of which all but one to four have something is as small as its complement")
    func complement() {
        let grid = Grid(
            values: [20, 18, 2], lines: [.init(total: 0, parts: [1, 2], dividesGroup: true)])
        #expect(Suppression(grid).isHidden == [false, true, true])
    }

    @Test("of a group of one to four nothing is shown, not even what nobody has")
    func smallGroup() {
        let grid = Grid(
            values: [4, 0, 4], lines: [.init(total: 0, parts: [1, 2], dividesGroup: true)])
        #expect(Suppression(grid).isHidden == [true, true, true])
    }

    @Test("zeros and groups of five and more are shown")
    func shown() {
        let grid = Grid(
            values: [15, 0, 5, 10], lines: [.init(total: 0, parts: [1, 2, 3], dividesGroup: true)])
        #expect(Suppression(grid).isHidden == [false, false, false, false])
    }

    @Test("a part that is the whole takes the whole with it")
    func onlyPart() {
        let grid = Grid(
            values: [20, 3, 3, 17],
            lines: [
                .init(total: 1, parts: [2], dividesGroup: false),
                .init(total: 0, parts: [1, 3], dividesGroup: false),
            ])
        #expect(Suppression(grid).isHidden == [false, true, true, true])
    }

    @Test("of two cells that protect equally well the cheaper one is hidden")
    func cheaper() {
        let line = Grid.Line(total: 0, parts: [1, 2, 3], dividesGroup: true)
        let grid = Grid(values: [30, 3, 10, 17], lines: [line], costs: [3, 0, 2, 1], withoutZero: [], technical: [])
        #expect(Suppression(grid).isHidden == [false, true, false, true])
    }

    @Test("where even a zero tells something it is hidden, and can't be had from the rest")
    func sensitiveZero() {
        let line = Grid.Line(total: 0, parts: [1, 2], dividesGroup: true)
        let grid = Grid(values: [20, 0, 20], lines: [line], costs: [0, 0, 0], withoutZero: [1], technical: [])
        #expect(Suppression(grid).isHidden == [false, true, true])
    }

    @Test("elimination modulo a prime finds what exact fractions find", arguments: 0..<200 as Range<UInt64>)
    func elimination(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<4).map { _ in (0..<4).map { _ in Int.random(in: 1..<9, using: &random) } }
        let table = Table(rows: rows)
        let percent = Int.random(in: 20..<70, using: &random)
        let hidden = Set(table.grid.values.indices.filter { _ in Int.random(in: 0..<100, using: &random) < percent })
        let found = Determination(table.grid.lines, isHidden: table.grid.values.indices.map(hidden.contains)).cells
        let adversary = Adversary(table.grid, hidden: hidden)
        #expect(found == hidden.filter(adversary.knows), "seed \(seed)")
    }

    @Test("no small cell of a random table can be computed", arguments: 0..<400 as Range<UInt64>)
    func randomTables(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rows = (0..<Int.random(in: 2...5, using: &random)).map { _ in
            (0..<5).map { _ in Int.random(in: 0..<[4, 9, 30].randomElement(using: &random)!, using: &random) }
        }
        let grid = Table(rows: rows).grid
        let suppression = Suppression(grid)
        Self.attack(grid, suppression, seed: seed)
    }

    /// Every hidden small cell stays unknown to exact elimination, and each published sum hides nobody or five at
    /// least.
    static func attack(_ grid: Grid, _ suppression: Suppression, seed: UInt64) {
        let hidden = Set(grid.values.indices.filter { suppression.isHidden[$0] })
        for (cell, value) in grid.values.enumerated() where (1..<5).contains(value) {
            #expect(hidden.contains(cell), "seed \(seed): a small cell is shown")
        }
        let adversary = Adversary(grid, hidden: hidden)
        for cell in hidden where suppression.isSensitive[cell] {
            #expect(!adversary.knows(cell), "seed \(seed): cell \(cell) is determined by the sums")
            let bounds = adversary.bounds(of: cell)
            #expect(bounds.low < bounds.high, "seed \(seed): cell \(cell) is pinned to \(bounds.low)")
        }
        for line in grid.lines where !hidden.contains(line.total) {
            let rest = line.parts.filter(hidden.contains).reduce(0) { $0 + grid.values[$1] }
            #expect(!(1..<5).contains(rest), "seed \(seed): the rest of a sum is a small group")
        }
    }
}
