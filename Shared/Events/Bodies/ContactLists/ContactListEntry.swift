/// A resource of the local contact list (resurspaletten). Everything in it may be printed for a family.
public struct ContactListEntry: Codable, Hashable, Sendable {
    /// Id within the municipality, kept over versions.
    public var id: String
    /// Who runs it.
    public var kind: ResourceKind
    /// Name of the organisation.
    public var name: String
    /// What it offers, in Swedish.
    public var service: String
    /// What it helps with.
    public var factors: [RiskFactor]
    /// Children's ages it is for; absent: any.
    public var ages: AgeSpan?
    /// Languages spoken, BCP 47.
    public var languages: [String]
    /// Where it works.
    public var area: String?
    /// What it costs the family.
    public var cost: String?
    /// How a family gets in touch.
    public var howToReach: String
    /// When somebody last said that it still holds.
    public var assuredAt: CalendarDay?
    /// In which role.
    public var assurerRole: ActorRole?
    /// Last day it holds.
    public var validTo: CalendarDay?
    /// Whether it takes new families.
    public var capacity: ResourceCapacity?
    /// What everybody who looks should know, such as a temporary closure.
    public var alert: String?

    /// Takes each member as it will travel.
    public init(
        id: String, kind: ResourceKind, name: String, service: String, factors: [RiskFactor], ages: AgeSpan? = nil,
        languages: [String], area: String? = nil, cost: String? = nil, howToReach: String,
        assuredAt: CalendarDay? = nil, assurerRole: ActorRole? = nil, validTo: CalendarDay? = nil,
        capacity: ResourceCapacity? = nil, alert: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.service = service
        self.factors = factors
        self.ages = ages
        self.languages = languages
        self.area = area
        self.cost = cost
        self.howToReach = howToReach
        self.assuredAt = assuredAt
        self.assurerRole = assurerRole
        self.validTo = validTo
        self.capacity = capacity
        self.alert = alert
    }
}

/// Who runs a resource.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ResourceKind: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The region.
    public static let region = Self(rawValue: "region")
    /// The municipality.
    public static let municipality = Self(rawValue: "municipality")
    /// An association.
    public static let civil = Self(rawValue: "civil")
    /// A preschool.
    public static let preschool = Self(rawValue: "preschool")
    /// Health care.
    public static let care = Self(rawValue: "care")

    /// The codes that this release knows.
    public static let known: [Self] = [.region, .municipality, .civil, .preschool, .care]
}

/// Whether a resource takes new families.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ResourceCapacity: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It does.
    public static let open = Self(rawValue: "open")
    /// With a wait.
    public static let waiting = Self(rawValue: "waiting")
    /// Not now.
    public static let full = Self(rawValue: "full")

    /// The codes that this release knows.
    public static let known: [Self] = [.open, .waiting, .full]
}

/// Ages in whole months, both ends included.
public struct AgeSpan: Codable, Hashable, Sendable {
    /// Youngest.
    public var fromMonths: Int
    /// Oldest.
    public var toMonths: Int

    /// Takes each member as it will travel.
    public init(
        fromMonths: Int, toMonths: Int
    ) {
        self.fromMonths = fromMonths
        self.toMonths = toMonths
    }
}
