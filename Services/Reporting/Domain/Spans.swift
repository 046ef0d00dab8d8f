/// What the shown figures leave a hidden cell, once it is known that no group is smaller than nobody: the sums one at a
/// time, until none narrows a cell any more.
///
/// It finds what elimination among equations can't: that hidden cells of a sum whose rest is nothing are all nothing.
struct Spans: Sendable {
    /// Hidden cells that have one possible value left.
    let pinned: Set<Int>

    private static let unbounded = 1 << 40

    /// Costs some passes over the sums; each narrows at least one cell, or is the last.
    init(_ grid: Grid, isHidden: [Bool]) {
        var low = [Int](repeating: 0, count: grid.values.count)
        var high = [Int](repeating: Self.unbounded, count: grid.values.count)
        for (cell, value) in grid.values.enumerated() where !isHidden[cell] { (low[cell], high[cell]) = (value, value) }
        var hasNarrowed = true
        while hasNarrowed {
            hasNarrowed = false
            for line in grid.lines where isHidden[line.total] || line.parts.contains(where: { isHidden[$0] }) {
                let least = line.parts.reduce(0) { $0 + low[$1] }
                let most = line.parts.reduce(0) { min($0 + high[$1], Self.unbounded) }
                func narrow(_ cell: Int, to span: (Int, Int)) {
                    if span.0 > low[cell] { (low[cell], hasNarrowed) = (span.0, true) }
                    if span.1 < high[cell] { (high[cell], hasNarrowed) = (span.1, true) }
                }
                if isHidden[line.total] { narrow(line.total, to: (least, most)) }
                for part in line.parts where isHidden[part] {
                    // The total less what the others are at most, and at least.
                    let others = (least - low[part], most == Self.unbounded ? most : most - high[part])
                    let from = others.1 == Self.unbounded ? 0 : low[line.total] - others.1
                    narrow(part, to: (from, high[line.total] - others.0))
                }
            }
        }
        pinned = Set(grid.values.indices.filter { isHidden[$0] && low[$0] == high[$0] })
    }
}
