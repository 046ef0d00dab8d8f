internal import Foundation

/// Members whose value is a JSON string, number or boolean, with the lexical rule of their FHIR type.
extension Members {
    mutating func boolean(_ name: ElementName) -> Bool? {
        guard let value = take(name) else { return nil }
        switch decoding.document.kind(value) {
        case .true: return true
        case .false: return false
        default:
            decoding.reportKind(at: value, "A boolean, true or false without quotation marks,")
            return nil
        }
    }

    /// A whole number of 32 bits within `range`.
    mutating func integer(_ name: ElementName, in range: ClosedRange<Int> = -2_147_483_648...2_147_483_647) -> Int? {
        guard let value = take(name), isNumber(value) else { return nil }
        guard let number = Int(decoding.document.text(value)) else {
            decoding.report(.value, at: value, "A whole number of 32 bits, without fraction or exponent, is expected.")
            return nil
        }
        guard range.contains(number) else {
            decoding.report(
                .value, at: value, "A number from \(range.lowerBound) to \(range.upperBound) is expected.")
            return nil
        }
        return number
    }

    /// A decimal number of at most 18 significant digits.
    mutating func decimal(_ name: ElementName) -> Decimal? {
        guard let value = take(name), isNumber(value) else { return nil }
        let text = decoding.document.text(value)
        let digits = text.prefix { $0 != "e" && $0 != "E" }.count { $0.isNumber }
        guard digits <= 18, let number = Decimal(string: text, locale: nil), number.isFinite else {
            decoding.report(.value, at: value, "A decimal number of at most 18 digits is expected.")
            return nil
        }
        return number
    }

    mutating func string(_ name: ElementName) -> String? {
        take(name).flatMap { decoding.string($0, .string) }
    }

    mutating func code(_ name: ElementName) -> String? {
        take(name).flatMap { decoding.string($0, .code) }
    }

    mutating func id(_ name: ElementName) -> String? {
        take(name).flatMap { decoding.string($0, .id) }
    }

    /// A uri, url or canonical.
    mutating func uri(_ name: ElementName) -> String? {
        take(name).flatMap { decoding.string($0, .uri) }
    }

    /// A code with a required binding.
    mutating func code<Code: RawRepresentable & CaseIterable>(_ name: ElementName, as _: Code.Type) -> Code?
    where Code.RawValue == String {
        guard let value = take(name), let text = decoding.string(value, .code) else { return nil }
        guard let code = Code(rawValue: text) else {
            let allowed = Code.allCases.map(\.rawValue).joined(separator: ", ")
            decoding.report(.codeInvalid, at: value, "One of these codes is expected: \(allowed).")
            return nil
        }
        return code
    }

    /// A value that its type reads from text: a date, dateTime, instant or time.
    mutating func lexical<Value: LexicalValue>(_ name: ElementName) -> Value? {
        guard let value = take(name), let text = decoding.string(value, .string) else { return nil }
        guard let parsed = Value(text) else {
            decoding.report(.value, at: value, Value.rule)
            return nil
        }
        return parsed
    }

    private func isNumber(_ value: Int) -> Bool {
        guard decoding.document.kind(value) == .number else {
            decoding.reportKind(at: value, "A number, without quotation marks,")
            return false
        }
        return true
    }
}

/// A FHIR primitive type that is written as text with a grammar of its own.
protocol LexicalValue {
    /// Nil when the text isn't of the type.
    init?(_ text: String)
    /// What the text must be, as a sentence.
    static var rule: String { get }
}
