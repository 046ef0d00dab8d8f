/// What is published at one time: one grid with its small groups hidden, and what it rests on.
///
/// There is one grid for everybody. A caller is shown some of its rows, never other rows or columns, so that two
/// callers together know no more than the whole grid says.
struct Release: Sendable {
    let region: String
    let freshness: [TopicFreshness]
    let resources: Resources
    let chain: Chain
    private let grid: Grid
    private let layout: GridLayout
    private let isHidden: [Bool]

    init(region: String, freshness: [TopicFreshness], resources: Resources, tally: Tally) {
        self.region = region
        self.freshness = freshness
        self.resources = resources
        chain = Chain(factors: tally.factors)
        (grid, layout) = Grid.make(tally, chain: chain)
        isHidden = Suppression(grid).isHidden
    }

    var origin: Origin { Origin(freshness) }

    /// The rows, in the order of pages: the region, its municipalities each with their units, then by residence.
    var places: [Place] {
        var ordered: [Place] = [.region]
        for place in layout.places {
            guard case .municipality(let code) = place else { continue }
            ordered.append(place)
            ordered += resources.units.filter { $0.municipality == code }.map { .unit($0.unit) }
        }
        return ordered
            + layout.places.filter { place in
                if case .residence = place { true } else { false }
            }
    }

    /// What stands for a figure at a place.
    func figure(_ indicator: Indicator, at place: Place) -> Figure {
        guard let cell = layout.cell(place, indicator.code) else { return Figure(.missing) }
        if isHidden[cell] { return Figure(.suppressed) }
        let number = grid.values[cell]
        if number == 0, isBeforeGoLive(place) { return Figure(.notApplicable) }
        guard let of = indicator.of, let group = layout.cell(place, of) else { return Figure(.count(number)) }
        if isHidden[group] { return Figure(.count(number)) }
        if grid.values[group] == 0 { return Figure(.missing) }
        return Figure(.count(number), share: Share(number, of: grid.values[group]))
    }

    private func isBeforeGoLive(_ place: Place) -> Bool {
        guard case .unit(let id) = place else { return false }
        return resources.units.first { $0.unit == id }?.isLive == false
    }
}

/// One cell as it is shown.
struct Figure: Sendable, Equatable {
    enum Cell: Sendable, Equatable {
        case count(Int)
        /// Too few to be shown, or needed to protect somebody elsewhere: `..`.
        case suppressed
        /// There is no group to be a share of: `-`.
        case missing
        /// The unit isn't live: `.`.
        case notApplicable
    }

    let cell: Cell
    let share: Share?

    init(_ cell: Cell, share: Share? = nil) {
        self.cell = cell
        self.share = share
    }

    /// Kolada's symbols, which Swedish readers know; nil for a number.
    var symbol: String? {
        switch cell {
        case .count: nil
        case .suppressed: ".."
        case .missing: "-"
        case .notApplicable: "."
        }
    }
}
