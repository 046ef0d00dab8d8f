/// Who asks: the name for the audit trail, the role, and where the role holds.
public struct Caller: Sendable, Hashable {
    /// The caller's name in the audit trail: that of the token, or of the signed-in person's account.
    public let name: String
    /// What the caller does.
    public let role: Role
    /// Where the caller may do it.
    public let scope: Scope

    /// A caller.
    public init(name: String, role: Role, scope: Scope) {
        self.name = name
        self.role = role
        self.scope = scope
    }

    /// The caller of `.probe` routes: operations, without a place.
    public static let probe = Caller(name: "probe", role: .ops, scope: Scope())

    /// Whether the caller may act for the unit.
    public func mayActFor(unit: String) -> Bool { scope.wholeRegion || scope.units.contains(unit) }

    /// Whether the caller may act for the municipality.
    public func mayActFor(municipality: String) -> Bool {
        scope.wholeRegion || scope.municipalities.contains(municipality)
    }

    /// Whether the caller belongs to the care provider; nobody acts across the border between two.
    public func mayActFor(careProvider: String) -> Bool { scope.wholeRegion || scope.careProvider == careProvider }
}

/// Where a caller's role holds. Empty means nowhere.
public struct Scope: Sendable, Hashable {
    /// The care provider within which the units lie: rights never reach into another one.
    public let careProvider: String?
    /// The identifiers of the units.
    public let units: Set<String>
    /// The identifiers of the municipalities.
    public let municipalities: Set<String>
    /// Everywhere: regional coordination and operations, never care.
    public let wholeRegion: Bool

    /// A scope of parts.
    public init(
        careProvider: String? = nil, units: Set<String> = [], municipalities: Set<String> = [],
        wholeRegion: Bool = false
    ) {
        self.careProvider = careProvider
        self.units = units
        self.municipalities = municipalities
        self.wholeRegion = wholeRegion
    }

    /// The whole region.
    public static let region = Scope(wholeRegion: true)
}

/// What callers do. The raw value stands in token files and audit rows.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
    /// The tablet in the waiting room, on which a parent answers.
    case tablet
    /// BHV nurse.
    case nurse
    /// BHV doctor.
    case doctor
    /// Manager of a unit: rights, deputies, log reviews.
    case unitManager
    /// The region's record system.
    case ehr
    /// Family therapist in a municipality's preventive services.
    case familyTherapist
    /// Social worker, an authority.
    case socialWorker
    /// Manager in a municipality.
    case municipalManager
    /// Keeps a municipality's contact list.
    case localCoordinator
    /// Runs the introduction in the region.
    case regionalCoordinator
    /// Reads statistics.
    case reader
    /// Reviews the audit trail.
    case logReviewer
    /// Operates the services.
    case ops
}
