/// A version of a questionnaire: codes and rules, never licensed wording. A published version never changes.
public struct InstrumentPublished: ReferenceBody {
    /// Code, version and content hash.
    public var instrument: InstrumentReference
    /// Languages the wording exists in, BCP 47.
    public var languages: [String]
    /// First day it is offered.
    public var validFrom: CalendarDay
    /// Last day it is offered.
    public var validTo: CalendarDay?
    /// Whether the wording behind it is the licensed one; false for a placeholder.
    public var licensed: Bool
    /// Items, rules, evidence.
    public var definition: InstrumentDefinition
    /// The earlier version whose forms are scored again under this one.
    public var rescores: Rescoring?

    /// Takes each member as it will travel.
    public init(
        instrument: InstrumentReference, languages: [String], validFrom: CalendarDay, validTo: CalendarDay? = nil,
        licensed: Bool, definition: InstrumentDefinition, rescores: Rescoring? = nil
    ) {
        self.instrument = instrument
        self.languages = languages
        self.validFrom = validFrom
        self.validTo = validTo
        self.licensed = licensed
        self.definition = definition
        self.rescores = rescores
    }

    /// `instrument.published`.
    public static let type = EventType.instrumentPublished

    /// What the fact is about: this content of the version. Another content under the same version is another fact, so
    /// that it comes to a reader's refusal and is not passed over as a repetition of the first.
    public var subject: String { "\(instrument.name)/\(instrument.sha256)" }

    /// Key of the record; compaction keeps the last one of each. It names the content: another content under a version
    /// is refused by readers, and must not push out the one that they took.
    public var key: String { "instrument/\(subject)" }
}
