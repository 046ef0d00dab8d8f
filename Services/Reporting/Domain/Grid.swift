/// All figures of one release, and every sum that holds among them.
///
/// Pure numbers: what is hidden is decided by `Suppression`, which sees nothing else.
struct Grid: Sendable, Equatable {
    /// A cell that is the sum of others.
    struct Line: Sendable, Equatable {
        let total: Int
        let parts: [Int]
        /// Whether the parts divide a group (its members may be few) rather than a region (its places may be few).
        let dividesGroup: Bool
    }

    let values: [Int]
    let lines: [Line]
    /// What is lost when a cell is hidden: of two that protect equally well, the cheaper one is.
    let costs: [Int]
    /// Cells in which even a zero tells something of everybody.
    let withoutZero: Set<Int>
    /// Cells that say nothing of families, and that everybody may be taken to know.
    let technical: Set<Int>
}

/// The grid's cells by place and figure.
struct GridLayout: Sendable {
    let places: [Place]
    let codes: [IndicatorCode]
    private let placeIndex: [Place: Int]
    private let codeIndex: [IndicatorCode: Int]

    init(places: [Place], codes: [IndicatorCode]) {
        self.places = places
        self.codes = codes
        placeIndex = Dictionary(places.enumerated().map { ($1, $0) }) { first, _ in first }
        codeIndex = Dictionary(codes.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// The cell of a figure at a place; nil where the grid has none.
    func cell(_ place: Place, _ code: IndicatorCode) -> Int? {
        guard let row = placeIndex[place], let column = codeIndex[code] else { return nil }
        return row * codes.count + column
    }
}

extension Grid {
    /// Sums a tally up over places, and writes down what adds up to what.
    static func make(_ tally: Tally, chain: Chain) -> (grid: Grid, layout: GridLayout) {
        let municipalities = Set(tally.units.values).sorted()
        let units = tally.units.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let residences = Set(tally.counts.keys.map(\.residence)).subtracting([.residenceWithheld])
            .sorted { $0.sortKey < $1.sortKey }
        let places: [Place] =
            [.region] + municipalities.map(Place.municipality) + units.map { .unit($0.key) } + [.unitWithheld]
            + residences + [.residenceWithheld]
        let layout = GridLayout(places: places, codes: chain.codes)
        let divisions: [(Place, [Place])] =
            [
                (.region, municipalities.map(Place.municipality) + [.unitWithheld]),
                (.region, residences + [.residenceWithheld]),
            ]
            + municipalities.map { code in
                (.municipality(code), units.filter { $0.value == code }.map { .unit($0.key) })
            }
        var lines = divisions.flatMap { whole, parts in
            layout.codes.compactMap { layout.line(($0, whole), parts) }
        }
        for place in places {
            lines += chain.breakdowns.compactMap { layout.line($0, at: place) }
        }
        let sensitive = units.flatMap { unit in
            FactorNames.withoutZeroAtUnits.compactMap { layout.cell(.unit(unit.key), .init("factor.\($0)", "outcome")) }
        }
        return (
            Grid(
                values: layout.sum(tally), lines: lines, costs: layout.costs(chain.weights),
                withoutZero: Set(sensitive),
                technical: Set(places.flatMap { place in Chain.technical.compactMap { layout.cell(place, $0) } })),
            layout
        )
    }
}

extension GridLayout {
    /// A figure at a place as the sum of it over other places.
    fileprivate func line(_ whole: (code: IndicatorCode, place: Place), _ parts: [Place]) -> Grid.Line? {
        guard let total = cell(whole.place, whole.code) else { return nil }
        return Grid.Line(total: total, parts: parts.compactMap { cell($0, whole.code) }, dividesGroup: false)
    }

    /// A figure as the sum of others at the same place.
    fileprivate func line(_ breakdown: Breakdown, at place: Place) -> Grid.Line? {
        guard let total = cell(place, breakdown.total) else { return nil }
        return Grid.Line(total: total, parts: breakdown.parts.compactMap { cell(place, $0) }, dividesGroup: true)
    }

    /// What each cell is worth: a larger place more than any figure of a smaller one.
    fileprivate func costs(_ weights: [IndicatorCode: Int]) -> [Int] {
        places.flatMap { place in codes.map { code in place.level * 10 + (weights[code] ?? 0) } }
    }

    /// The value of every cell.
    fileprivate func sum(_ tally: Tally) -> [Int] {
        var values = [Int](repeating: 0, count: places.count * codes.count)
        for (leaf, counts) in tally.counts {
            var rows: [Place] = [.region, leaf.unit, leaf.residence]
            if case .unit(let unit) = leaf.unit, let municipality = tally.units[unit] {
                rows.append(.municipality(municipality))
            }
            for (code, number) in counts {
                for row in rows {
                    if let cell = cell(row, code) { values[cell] += number }
                }
            }
        }
        return values
    }
}

extension Place {
    fileprivate var level: Int {
        switch self {
        case .unitWithheld, .residenceWithheld: 0
        case .unit: 1
        case .municipality, .residence: 2
        case .region: 3
        }
    }

    fileprivate var sortKey: String {
        if case .residence(let code) = self { code } else { "" }
    }
}
