/// One question, by code.
public struct InstrumentItem: Codable, Hashable, Sendable {
    /// Code of the item, as in the FHIR Questionnaire.
    public var linkId: String
    /// Kind of answer.
    public var type: ItemType
    /// What may be chosen; empty unless the type is a choice.
    public var options: [AnswerOption]
    /// Whether a complete form must answer it.
    public var required: Bool
    /// The risk factor it belongs to.
    public var factor: RiskFactor?
    /// The signal it gives, when it belongs to no factor.
    public var signal: Signal?
    /// What may be answered; only where the type is a whole number.
    public var range: ItemRange?
    /// A follow-up: the answers to an earlier item after which it is asked. Absent: it is always asked.
    public var askedWhen: AnswerPattern?

    /// Takes each member as it will travel.
    public init(
        linkId: String, type: ItemType, options: [AnswerOption], required: Bool, factor: RiskFactor? = nil,
        signal: Signal? = nil, range: ItemRange? = nil, askedWhen: AnswerPattern? = nil
    ) {
        self.linkId = linkId
        self.type = type
        self.options = options
        self.required = required
        self.factor = factor
        self.signal = signal
        self.range = range
        self.askedWhen = askedWhen
    }
}

/// What kind of answer an item takes, as FHIR names it.
///
/// Open: later releases may add codes; a reader keeps a code that it does not know.
public struct ItemType: OpenCode {
    /// The code as it travels.
    public let rawValue: String

    /// Any code, known here or not.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// One of the options.
    public static let choice = Self(rawValue: "choice")
    /// Yes or no.
    public static let boolean = Self(rawValue: "boolean")
    /// A whole number.
    public static let integer = Self(rawValue: "integer")

    /// The codes that this release knows.
    public static let known: [Self] = [.choice, .boolean, .integer]
}

/// One possible answer of a choice.
public struct AnswerOption: Codable, Hashable, Sendable {
    /// Code of the option.
    public var code: String
    /// Ordinal value, for sums.
    public var value: Int?

    /// Takes each member as it will travel.
    public init(
        code: String, value: Int? = nil
    ) {
        self.code = code
        self.value = value
    }
}
