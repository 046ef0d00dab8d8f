/// Decides which cells of a grid are hidden, so that no group smaller than five is seen or computed (DESIGN rule 11).
///
/// Primary: a cell of 1–4, and every part of a group of 1–4. A share's complement is a cell of the grid too, so that
/// *N − n* is held to the same rule. Secondary, until nothing changes: no sum with one hidden member, no hidden members
/// that together come to less than five, and no small cell that the sums determine when taken together, whichever way
/// (`Determination`, `Spans`). Of those that would do, the cheapest cell is hidden, and of equally cheap ones the
/// smallest.
///
/// A pure function of one release. It doesn't protect two releases compared with each other.
struct Suppression: Sendable {
    /// The smallest group that is shown.
    static let smallestGroup = 5

    private let grid: Grid
    private let linesOfCell: [[Int]]
    private(set) var isHidden: [Bool]
    /// Cells that the rule is about; the others are hidden to protect them.
    private(set) var isSensitive: [Bool]

    /// Costs some passes over the sums, and an elimination among the hidden cells for each round.
    init(_ grid: Grid) {
        self.grid = grid
        isHidden = Array(repeating: false, count: grid.values.count)
        isSensitive = isHidden
        var linesOfCell = [[Int]](repeating: [], count: grid.values.count)
        for (index, line) in grid.lines.enumerated() {
            for cell in [line.total] + line.parts { linesOfCell[cell].append(index) }
        }
        self.linesOfCell = linesOfCell
        hideSmall()
        var pending = Set(grid.lines.indices)
        while !pending.isEmpty {
            protectSums(pending)
            pending = protectDetermined()
        }
    }

    private func isSmall(_ number: Int) -> Bool { (1..<Self.smallestGroup).contains(number) }

    private mutating func hideSmall() {
        for (cell, value) in grid.values.enumerated() {
            guard !grid.technical.contains(cell) else { continue }
            isSensitive[cell] = isSmall(value) || (value == 0 && grid.withoutZero.contains(cell))
            isHidden[cell] = isSensitive[cell]
        }
        for line in grid.lines where line.dividesGroup && isSmall(grid.values[line.total]) {
            for part in line.parts { isHidden[part] = true }
        }
    }

    /// Looks at sums until none gives a hidden cell away by itself. Always in their order, so that the result is the
    /// same every time.
    private mutating func protectSums(_ first: Set<Int>) {
        var round = first
        while !round.isEmpty {
            var next: Set<Int> = []
            for index in round.sorted() {
                while isLeaking(grid.lines[index]), let victim = victim(in: grid.lines[index]) {
                    isHidden[victim] = true
                    next.formUnion(linesOfCell[victim])
                }
            }
            round = next
        }
    }

    private func isLeaking(_ line: Grid.Line) -> Bool {
        let hidden = line.parts.filter { isHidden[$0] }
        let telling = hidden.filter(isTelling).count
        if isHidden[line.total] { return telling == 0 && isTelling(line.total) }
        // Nobody among several hidden: then each of them is known to be nobody.
        let rest = hidden.reduce(0) { $0 + grid.values[$1] }
        return telling == 1 || isSmall(rest) || (rest == 0 && telling > 0)
    }

    /// A hidden zero neither needs protection nor gives any: that a whole region has none is no secret of its parts.
    private func isTelling(_ cell: Int) -> Bool { grid.values[cell] > 0 || isSensitive[cell] }

    /// The cell of a sum that is hidden next: the cheapest part that says something, else the total, else a zero.
    private func victim(in line: Grid.Line) -> Int? {
        let shown = line.parts.filter { !isHidden[$0] }
        if let part = cheapest(shown) { return part }
        return isHidden[line.total] ? shown.first : line.total
    }

    private func cheapest(_ cells: some Sequence<Int>) -> Int? {
        cells.filter { grid.values[$0] > 0 && !grid.technical.contains($0) }
            .min { (grid.costs[$0], grid.values[$0], $0) < (grid.costs[$1], grid.values[$1], $1) }
    }

    /// Hides one more cell for each small one that the sums together determine.
    /// - Returns: the sums to look at again; none when nothing was determined.
    private mutating func protectDetermined() -> Set<Int> {
        let determined = Determination(grid.lines, isHidden: isHidden).cells
            .union(Spans(grid, isHidden: isHidden).pinned)
        var pending: Set<Int> = []
        for cell in determined.sorted() where isSensitive[cell] && pending.isDisjoint(with: linesOfCell[cell]) {
            // One for neighbours is tried first: it may protect them all.
            guard let victim = victim(near: cell) else { continue }
            isHidden[victim] = true
            pending.formUnion(linesOfCell[victim])
        }
        return pending
    }

    /// The nearest shown cell: in a sum of the cell itself, else in one of the sums that hidden cells lead to from
    /// there.
    private func victim(near cell: Int) -> Int? {
        var seen: Set<Int> = [cell]
        var front = [cell]
        while !front.isEmpty {
            let lines = Set(front.flatMap { linesOfCell[$0] }).sorted().map { grid.lines[$0] }
            let members = lines.flatMap { $0.parts + [$0.total] }
            if let found = cheapest(members.filter { !isHidden[$0] }) { return found }
            front = members.filter { isHidden[$0] && seen.insert($0).inserted }
        }
        return nil
    }
}
