public import Foundation

/// A value of one of several types, which FHIR writes as `value[x]`: an answer, an option, the value of an extension.
public enum FHIRValue: Sendable, Hashable {
    /// Yes or no.
    case boolean(Bool)
    /// A whole number of 32 bits.
    case integer(Int)
    /// A decimal number; zeros at its end aren't kept.
    case decimal(Decimal)
    /// A date.
    case date(FHIRDate)
    /// A date, or a date with time and zone.
    case dateTime(FHIRDateTime)
    /// A time of day.
    case time(FHIRTime)
    /// Free text.
    case string(String)
    /// A uri.
    case uri(String)
    /// A code whose system is known from where it stands. Only in extensions.
    case code(String)
    /// A reference to a definition. Only in extensions.
    case canonical(String)
    /// A code in a system.
    case coding(Coding)
    /// A concept. Only in extensions.
    indirect case codeableConcept(CodeableConcept)
    /// An amount with its unit.
    indirect case quantity(Quantity)
    /// A pointer to a resource.
    indirect case reference(Reference)

    /// The name of the FHIR type.
    public var typeName: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .decimal: "decimal"
        case .date: "date"
        case .dateTime: "dateTime"
        case .time: "time"
        case .string: "string"
        case .uri: "uri"
        case .code: "code"
        case .canonical: "canonical"
        case .coding: "Coding"
        case .codeableConcept: "CodeableConcept"
        case .quantity: "Quantity"
        case .reference: "Reference"
        }
    }

    /// The same value as far as a rule is concerned: codings by system and code, times by the instant.
    public func means(_ other: FHIRValue) -> Bool {
        switch (self, other) {
        case (.coding(let first), .coding(let second)): return first.means(second)
        case (.dateTime(let first), .dateTime(let second)):
            if let first = first.instant, let second = second.instant { return first == second }
            return first == second
        case (.quantity(let first), .quantity(let second)):
            return first.value == second.value && first.code == second.code && first.system == second.system
        case (.reference(let first), .reference(let second)): return first.reference == second.reference
        default: return self == other
        }
    }
}
