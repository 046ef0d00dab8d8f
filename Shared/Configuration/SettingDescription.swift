/// What is told about one setting: a row of the configuration table.
public struct SettingDescription: Sendable, Hashable {
    /// What happens when the variable isn't set.
    public enum Requirement: Sendable, Hashable {
        /// The program doesn't start.
        case required
        /// The program does without.
        case optional
        /// This is used, written as it would stand in the environment.
        case fallback(String)
    }

    /// The variable's name.
    public let key: String
    /// What a value must be.
    public let rule: String
    /// What happens without one.
    public internal(set) var requirement: Requirement
    /// Whether the value may also be in a file that `<key>_FILE` names, and is never shown.
    public let isSecret: Bool
    /// What it is for, in one line.
    public let about: String

    /// The table's head, in Markdown.
    public static let tableHead = "| variable | must be | when not set | meaning |\n| --- | --- | --- | --- |"

    /// The table's row, in Markdown.
    public var tableRow: String {
        let names = isSecret ? "`\(key)` or `\(key)_FILE` (secret)" : "`\(key)`"
        let absent =
            switch requirement {
            case .required: "refused"
            case .optional: "without"
            case .fallback(let text): text.isEmpty ? "empty" : "`\(text)`"
            }
        return "| \(names) | \(rule) | \(absent) | \(about) |"
    }
}
