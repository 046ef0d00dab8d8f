internal import Runtime

/// A release as `/v1/indicators` gives it; described by `openapi.json`.
struct ReleaseDocument: Encodable {
    struct PlaceRow: Encodable {
        let kind: String
        let code: String
        let name: String
        /// The municipality in which a unit lies.
        let municipality: String?
        let figures: [String: FigureDocument]
    }

    struct IndicatorDocument: Encodable {
        let code: String
        let label: String
        let of: String?
    }

    struct GroupDocument: Encodable {
        let title: String
        let note: String
        let indicators: [IndicatorDocument]
    }

    struct ResourcesDocument: Encodable {
        let units: Int
        let liveUnits: Int
        let recipients: Int
        let recipientStaff: Int
        let contactLists: Int
    }

    let region: String
    let origin: Origin
    let smallestGroup = Suppression.smallestGroup
    let interval = "wilson-95"
    let asOf: [String: String]
    let resources: ResourcesDocument
    let groups: [GroupDocument]
    let places: [PlaceRow]

    init(_ release: Release, places: [Place]) {
        region = release.region
        origin = release.origin
        asOf = Dictionary(release.freshness.map { ($0.topic, $0.asOf.rfc3339) }) { first, _ in first }
        let all = release.resources
        resources = ResourcesDocument(
            units: all.units.count, liveUnits: all.units.filter(\.isLive).count,
            recipients: all.recipients.reduce(0) { $0 + $1.functions },
            recipientStaff: all.recipients.reduce(0) { $0 + $1.staff }, contactLists: all.contactLists.count)
        groups = release.chain.groups.map { group in
            GroupDocument(
                title: group.title, note: group.note,
                indicators: group.indicators.map {
                    IndicatorDocument(code: $0.code.rawValue, label: $0.label, of: $0.of?.rawValue)
                })
        }
        let names = PlaceNames(release)
        self.places = places.map { place in
            PlaceRow(
                kind: place.kind, code: names.code(of: place), name: names.name(of: place),
                municipality: names.municipality(of: place), figures: release.figures(at: place))
        }
    }
}

/// A cell: a number, with its share where it is one of a group, or a symbol in its place.
struct FigureDocument: Encodable {
    let count: Int?
    let share: Double?
    let low: Double?
    let high: Double?
    let symbol: String?

    init(_ figure: Figure) {
        if case .count(let number) = figure.cell { count = number } else { count = nil }
        share = figure.share?.value.rounded(to: 10_000)
        low = figure.share?.low.rounded(to: 10_000)
        high = figure.share?.high.rounded(to: 10_000)
        symbol = figure.symbol
    }
}

extension Release {
    /// Every figure of a row, by code; with its share where any table gives one.
    fileprivate func figures(at place: Place) -> [String: FigureDocument] {
        var figures: [String: FigureDocument] = [:]
        for indicator in chain.groups.flatMap(\.indicators) {
            let code = indicator.code.rawValue
            if indicator.of != nil || figures[code] == nil {
                figures[code] = FigureDocument(figure(indicator, at: place))
            }
        }
        return figures
    }
}

extension TopicFreshness {
    /// To the minute: the second at which one family's event was recorded is nobody's business.
    var asOf: Timestamp { Timestamp(milliseconds: lastEvent.milliseconds / 60_000 * 60_000) }
}

extension Place {
    fileprivate var kind: String {
        switch self {
        case .region: "region"
        case .municipality: "municipality"
        case .unit: "unit"
        case .residence: "residence"
        case .unitWithheld, .residenceWithheld: "withheld"
        }
    }
}

extension Double {
    fileprivate func rounded(to steps: Double) -> Double { (self * steps).rounded() / steps }
}
