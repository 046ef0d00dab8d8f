/// One thing that is wrong with the configuration: which variable, and which rule it breaks. Never its value.
public struct ConfigurationFault: Sendable, Hashable, CustomStringConvertible {
    /// The variable's name.
    public let key: String
    /// The rule, as the end of a sentence that begins with the key.
    public let rule: String

    /// A fault found by a module's own check, such as two settings that don't go together.
    public init(key: String, rule: String) {
        self.key = key
        self.rule = rule
    }

    /// One line.
    public var description: String { "\(key) \(rule)" }
}

/// Everything that is wrong with the configuration, found in one go.
///
/// The decision is fatal: print it to the operator and exit with `exitCode`; starting again won't help.
public struct ConfigurationFaults: Error, Sendable, Hashable, CustomStringConvertible {
    /// `EX_CONFIG` of sysexits.h.
    public static let exitCode: Int32 = 78

    /// In the order of their keys.
    public let faults: [ConfigurationFault]

    init(_ faults: Set<ConfigurationFault>) {
        self.faults = faults.sorted { ($0.key, $0.rule) < ($1.key, $1.rule) }
    }

    /// A line for each fault.
    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
