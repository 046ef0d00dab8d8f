/// A business identifier: a value within a system. Not the `id` of a resource.
public struct Identifier: Sendable, Hashable {
    /// What it is for: the codes of `http://hl7.org/fhir/identifier-use`.
    public enum Use: String, Sendable, CaseIterable {
        /// The usual one.
        case usual
        /// The official one.
        case official
        /// One that will be replaced.
        case temp
        /// One of no official standing.
        case secondary
        /// One that no longer holds.
        case old
    }

    /// What it is for.
    public var use: Use?
    /// What kind of identifier it is.
    public var type: CodeableConcept?
    /// The uri of the namespace.
    public var system: String?
    /// The identifier within the namespace.
    public var value: String?
    /// When it held.
    public var period: Period?

    /// An identifier from its parts.
    public init(
        use: Use? = nil, type: CodeableConcept? = nil, system: String? = nil, value: String? = nil,
        period: Period? = nil
    ) {
        self.use = use
        self.type = type
        self.system = system
        self.value = value
        self.period = period
    }
}

extension Identifier: FHIRElement {
    init?(reading members: inout Members) {
        use = members.code(.use, as: Use.self)
        type = members.element(.type)
        system = members.uri(.system)
        value = members.string(.value)
        period = members.element(.period)
    }

    func write(to json: inout JSONWriter) {
        json.string(.use, use?.rawValue)
        json.element(.type, type)
        json.string(.system, system)
        json.string(.value, value)
        json.element(.period, period)
    }
}
