extension Setting where Value == String {
    /// Text of at least one character.
    public static func text(_ key: String, default fallback: String? = nil, _ about: String) -> Setting {
        Setting(key, rule: "text", fallback: fallback, shown: fallback, standIn: "", about: about) { $0 }
    }

    /// The path of a file or directory; whether it exists is for the one who opens it to say.
    public static func path(_ key: String, default fallback: String? = nil, _ about: String) -> Setting {
        Setting(key, rule: "a path", fallback: fallback, shown: fallback, standIn: "", about: about) { text in
            text.utf8.contains(0) ? nil : text
        }
    }
}

extension Setting where Value == Int {
    /// A whole number within bounds.
    public static func integer(
        _ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil, _ about: String
    ) -> Setting {
        Setting(
            key, rule: "a whole number from \(range.lowerBound) to \(range.upperBound)", fallback: fallback,
            shown: fallback?.description, standIn: range.lowerBound, about: about
        ) { wholeNumber($0, in: range) }
    }
}

extension Setting where Value == Duration {
    /// A duration in whole seconds. The key ends in `_SECONDS`.
    public static func seconds(
        _ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil, _ about: String
    ) -> Setting {
        duration(key, "seconds", in: range, fallback, about) { .seconds($0) }
    }

    /// A duration in whole milliseconds. The key ends in `_MILLISECONDS`.
    public static func milliseconds(
        _ key: String, in range: ClosedRange<Int>, default fallback: Int? = nil, _ about: String
    ) -> Setting {
        duration(key, "milliseconds", in: range, fallback, about) { .milliseconds($0) }
    }

    private static func duration(
        _ key: String, _ unit: String, in range: ClosedRange<Int>, _ fallback: Int?, _ about: String,
        make: @escaping @Sendable (Int) -> Duration
    ) -> Setting {
        precondition(key.hasSuffix("_" + unit.uppercased()), "\(key) must name its unit")
        return Setting(
            key, rule: "\(unit), from \(range.lowerBound) to \(range.upperBound)", fallback: fallback.map(make),
            shown: fallback?.description, standIn: make(range.lowerBound), about: about
        ) { wholeNumber($0, in: range).map(make) }
    }
}

extension Setting where Value == Bool {
    /// Yes or no.
    public static func flag(_ key: String, default fallback: Bool? = nil, _ about: String) -> Setting {
        Setting(
            key, rule: "true or false", fallback: fallback, shown: fallback?.description, standIn: false, about: about
        ) { Bool($0) }
    }
}

extension Setting where Value == [String] {
    /// Texts with commas between them; spaces round them don't count.
    public static func list(
        _ key: String, countMax: Int, default fallback: [String]? = nil, _ about: String
    ) -> Setting {
        Setting(
            key, rule: "1 to \(countMax) texts with commas between them", fallback: fallback,
            shown: fallback?.joined(separator: ","), standIn: [], about: about
        ) { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { trimmed($0) }
            return parts.count <= countMax && parts.allSatisfy { !$0.isEmpty } ? parts : nil
        }
    }
}

extension Setting where Value: RawRepresentable<String> & CaseIterable {
    /// One of the names that an enumeration has.
    public static func choice(_ key: String, default fallback: Value? = nil, _ about: String) -> Setting {
        let names = Value.allCases.map(\.rawValue)
        guard let standIn = Value.allCases.first else { preconditionFailure("\(Value.self) has no case") }
        return Setting(
            key, rule: "one of \(names.joined(separator: ", "))", fallback: fallback, shown: fallback?.rawValue,
            standIn: standIn, about: about
        ) { Value(rawValue: $0) }
    }
}

/// Digits only: `Int` would take a plus sign too, and somebody who writes one has something else in mind.
private func wholeNumber(_ text: String, in range: ClosedRange<Int>) -> Int? {
    guard !text.hasPrefix("+"), let number = Int(text), range.contains(number) else { return nil }
    return number
}

private func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
}
