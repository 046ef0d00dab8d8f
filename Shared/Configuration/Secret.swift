/// A value that must not be seen: it prints, dumps and reflects as `[secret]`.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    /// Keeps a value from being printed.
    public init(_ value: String) { self.value = value }

    /// The value itself, for the one place that uses it.
    public func reveal() -> String { value }

    /// Never the value.
    public var description: String { "[secret]" }
    /// Never the value.
    public var debugDescription: String { description }
    /// Nothing inside.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Setting where Value == Secret {
    /// A secret, in the variable or in the file that `<key>_FILE` names.
    public static func secret(_ key: String, charactersMin: Int = 1, _ about: String) -> Setting {
        Setting(
            key, rule: "a secret of at least \(charactersMin) characters", fallback: nil, standIn: Secret(""),
            isSecret: true, about: about
        ) { $0.count >= charactersMin ? Secret($0) : nil }
    }
}
