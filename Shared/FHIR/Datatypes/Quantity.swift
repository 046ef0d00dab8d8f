public import Foundation

/// An amount with its unit.
public struct Quantity: Sendable, Hashable {
    /// How the value is to be understood: the codes of `http://hl7.org/fhir/quantity-comparator`.
    public enum Comparator: String, Sendable, CaseIterable {
        /// The actual value is less.
        case less = "<"
        /// The actual value is less or equal.
        case lessOrEqual = "<="
        /// The actual value is greater or equal.
        case greaterOrEqual = ">="
        /// The actual value is greater.
        case greater = ">"
    }

    /// The number.
    public var value: Decimal?
    /// How to understand the number; nil means exactly.
    public var comparator: Comparator?
    /// The unit as people read it.
    public var unit: String?
    /// The system of the unit's code.
    public var system: String?
    /// The unit's code.
    public var code: String?

    /// A quantity from its parts.
    public init(
        value: Decimal? = nil, comparator: Comparator? = nil, unit: String? = nil, system: String? = nil,
        code: String? = nil
    ) {
        self.value = value
        self.comparator = comparator
        self.unit = unit
        self.system = system
        self.code = code
    }
}

extension Quantity: FHIRElement {
    init?(reading members: inout Members) {
        value = members.decimal(.value)
        comparator = members.code(.comparator, as: Comparator.self)
        unit = members.string(.unit)
        system = members.uri(.system)
        code = members.code(.code)
    }

    func write(to json: inout JSONWriter) {
        json.decimal(.value, value)
        json.string(.comparator, comparator?.rawValue)
        json.string(.unit, unit)
        json.string(.system, system)
        json.string(.code, code)
    }
}
