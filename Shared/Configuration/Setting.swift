/// One variable of the environment: how it is called, what it may hold and what it means.
///
/// It is stated once, beside the code that reads it; the README's table is made from the same values. Settings are made
/// by the functions named after their type (`.integer`, `.seconds`, …), or with `init` for a type of a module's own.
public struct Setting<Value: Sendable>: Sendable {
    /// What the table says about it.
    public let description: SettingDescription

    /// The variable's name.
    public var key: String { description.key }

    let fallback: Value?
    /// What a faulty setting gives until `finish()` has thrown, so that reading goes on and finds the other faults.
    let standIn: Value
    let parse: @Sendable (String) -> Value?

    /// A setting of any type.
    /// - Parameter rule: what a value must be, as the end of the sentence "SCORING_PORT must be …".
    /// - Parameter fallback: the value when the variable isn't set; nil makes it required.
    /// - Parameter shown: how the fallback is written in the environment.
    /// - Parameter standIn: any value of the type; never reaches a program that minds `finish()`.
    /// - Parameter isSecret: the value may also be in a file that `<key>_FILE` names.
    /// - Parameter about: one line for the table.
    /// - Parameter parse: nil when the text breaks the rule.
    public init(
        _ key: String, rule: String, fallback: Value?, shown: String? = nil, standIn: Value, isSecret: Bool = false,
        about: String, parse: @escaping @Sendable (String) -> Value?
    ) {
        let requirement: SettingDescription.Requirement = fallback == nil ? .required : .fallback(shown ?? "")
        let description = SettingDescription(
            key: key, rule: rule, requirement: requirement, isSecret: isSecret, about: about)
        self.init(description: description, fallback: fallback, standIn: standIn, parse: parse)
    }

    private init(
        description: SettingDescription, fallback: Value?, standIn: Value, parse: @escaping @Sendable (String) -> Value?
    ) {
        self.description = description
        self.fallback = fallback
        self.standIn = standIn
        self.parse = parse
    }

    /// The same setting, nil when the variable isn't set.
    public var optional: Setting<Value?> {
        var description = description
        description.requirement = .optional
        let parse = parse
        return Setting<Value?>(description: description, fallback: .some(nil), standIn: nil) { text in
            parse(text).map { .some($0) }
        }
    }
}
