/// A row of the grid: a part of the region that figures are given for.
///
/// The region is divided twice: by the unit at which something happened (and the municipality in which the unit lies),
/// and by the municipality in which the family lives. The two differ, since families cross borders.
enum Place: Hashable, Sendable {
    case region
    /// The units of a municipality together.
    case municipality(String)
    case unit(String)
    /// What has no unit in a report: protected identities, and units that the registry doesn't know.
    case unitWithheld
    /// Families who live in the municipality.
    case residence(String)
    case residenceWithheld

    /// The code of residence in another region; single municipalities there would be too few to show.
    static let elsewhere = "other"

    /// Whether the row stands in a release. The others can be had by subtraction, so that they are protected with it.
    var isPublished: Bool { self != .unitWithheld && self != .residenceWithheld }
}

/// Where a fact counts, before it is summed up.
struct Leaf: Hashable, Sendable {
    let unit: Place
    let residence: Place
}

/// Facts counted by leaf and figure.
struct Tally: Sendable, Equatable {
    private(set) var counts: [Leaf: [IndicatorCode: Int]] = [:]
    /// The factors that forms were scored on.
    var factors: Set<String> = []
    /// Municipality of each known unit.
    let units: [String: String]
    let region: String

    init(region: String, units: [ListedUnit]) {
        self.region = region
        self.units = Dictionary(units.map { ($0.unit, $0.municipality) }) { first, _ in first }
    }

    mutating func add(_ number: Int, _ codes: [IndicatorCode], at leaf: Leaf) {
        for code in codes { counts[leaf, default: [:]][code, default: 0] += number }
    }

    /// Where a fact counts that happened at a unit to a family who live somewhere.
    func leaf(unit: String?, residence: String?, isProtected: Bool) -> Leaf {
        guard !isProtected else { return Leaf(unit: .unitWithheld, residence: .residenceWithheld) }
        let known = unit.flatMap { units[$0] != nil ? $0 : nil }
        let home = residence.map { $0.hasPrefix(region) ? $0 : Place.elsewhere }
        return Leaf(
            unit: known.map(Place.unit) ?? .unitWithheld, residence: home.map(Place.residence) ?? .residenceWithheld)
    }
}
