/// What rows are called.
struct PlaceNames {
    private let region: String
    private let units: [String: ListedUnit]

    init(_ release: Release) {
        region = release.region
        units = Dictionary(release.resources.units.map { ($0.unit, $0) }) { first, _ in first }
    }

    /// The region with its name, as pages have it.
    var regionName: String { Self.regions[region].map { "Region \($0)" } ?? "Region \(region)" }

    func code(of place: Place) -> String {
        switch place {
        case .region: region
        case .municipality(let code), .residence(let code), .unit(let code): code
        case .unitWithheld, .residenceWithheld: ""
        }
    }

    func name(of place: Place) -> String {
        switch place {
        case .region: regionName
        case .municipality(let code): Self.municipality(code)
        case .unit(let unit): units[unit]?.name ?? unit
        case .residence(Place.elsewhere): "Andra regioner"
        case .residence(let code): Self.municipality(code)
        case .unitWithheld, .residenceWithheld: ""
        }
    }

    func municipality(of place: Place) -> String? {
        if case .unit(let unit) = place { units[unit]?.municipality } else { nil }
    }

    /// A municipality by SCB's code; the code where the name isn't known here.
    static func municipality(_ code: String) -> String { municipalities[code] ?? "Kommun \(code)" }

    private static let regions = ["21": "Gävleborg", "22": "Västernorrland", "23": "Jämtland Härjedalen"]

    /// SCB's codes of the three counties; no event carries the names yet (`municipality.changed` will).
    private static let municipalities = [
        "2101": "Ockelbo", "2104": "Hofors", "2121": "Ovanåker", "2132": "Nordanstig", "2161": "Ljusdal",
        "2180": "Gävle", "2181": "Sandviken", "2182": "Söderhamn", "2183": "Bollnäs", "2184": "Hudiksvall",
        "2260": "Ånge", "2262": "Timrå", "2280": "Härnösand", "2281": "Sundsvall", "2282": "Kramfors",
        "2283": "Sollefteå", "2284": "Örnsköldsvik", "2303": "Ragunda", "2305": "Bräcke", "2309": "Krokom",
        "2313": "Strömsund", "2321": "Åre", "2326": "Berg", "2361": "Härjedalen", "2380": "Östersund",
    ]
}
