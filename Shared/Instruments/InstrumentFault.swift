/// One thing that makes an instrument unfit to be published or scored by. Names places and codes of the instrument,
/// which is about nobody.
public struct InstrumentFault: Sendable, Hashable, CustomStringConvertible {
    /// The rule of the definition language that is broken (`Language.md` has them with their reasons).
    public enum Rule: String, Sendable, CaseIterable {
        /// A code, version or language tag has another form.
        case formWrong = "form-wrong"
        /// Something that has to be there isn't.
        case missing
        /// Something is there that doesn't go with the rest.
        case notTaken = "not-taken"
        /// The same code, item or option stands twice where it may stand once.
        case twice
        /// More than the language allows.
        case tooMany = "too-many"
        /// A number outside its bounds, or bounds the wrong way round.
        case outOfBounds = "out-of-bounds"
        /// An item is named that the instrument doesn't have.
        case itemUnknown = "item-unknown"
        /// An option is named that the item doesn't have.
        case optionUnknown = "option-unknown"
        /// A kind of item that this release can't score.
        case typeUnknown = "type-unknown"
        /// A factor or signal is named that the instrument doesn't report on.
        case notReported = "not-reported"
        /// A follow-up doesn't stand after the item that decides whether it is asked.
        case gateNotEarlier = "gate-not-earlier"
        /// A factor that no item belongs to.
        case factorWithoutItem = "factor-without-item"
        /// A factor that no rule decides.
        case factorWithoutRule = "factor-without-rule"
        /// An item says that it belongs to a factor or signal, and no rule of it looks at the item.
        case itemUnused = "item-unused"
        /// No answers make this rule hold.
        case ruleUnreachable = "rule-unreachable"
        /// No answers add up to the cut-off.
        case cutOffUnreachable = "cut-off-unreachable"
        /// Every answer makes this rule hold.
        case ruleAlwaysHolds = "rule-always-holds"
        /// The sums of a rule lie too far apart to be walked through.
        case sumTooWide = "sum-too-wide"
        /// A language is claimed that the wording isn't in, or none is.
        case languageMissing = "language-missing"
        /// Accuracy that is claimed without what it stands on, or the other way round.
        case evidenceIncomplete = "evidence-incomplete"
    }

    /// JSON pointer (RFC 6901) into the published instrument, as `/definition/rules/2/cutOff`.
    public let place: String
    /// The rule that is broken.
    public let rule: Rule
    /// What is wrong, in English, for whoever writes instruments.
    public let text: String

    /// A fault at a place.
    public init(_ rule: Rule, at place: String, _ text: String) {
        self.place = place
        self.rule = rule
        self.text = text
    }

    /// Place, rule and text in one line.
    public var description: String { "\(place): \(text) (\(rule.rawValue))" }
}

/// Everything that is wrong with an instrument. The decision is to refuse it: it is never published, and where it
/// arrives it is parked.
public struct InstrumentFaults: Error, Sendable, Hashable, CustomStringConvertible {
    /// At least one. Those that only follow from another are left out where that can be told.
    public let all: [InstrumentFault]

    init(_ all: [InstrumentFault]) { self.all = all }

    /// One line each.
    public var description: String { all.map(\.description).joined(separator: "\n") }

    /// What an operator can do.
    public var hint: String { "correct the instrument's file, give it the next version, and publish that one" }
}
