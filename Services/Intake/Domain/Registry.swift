internal import Events
internal import FHIR

/// The reference data of one run: units, visit slots and instruments, read whole from files at the start.
struct Registry: Sendable {
    /// The file of units and slots, for faults.
    let file: String
    /// Names this state of units and slots in every event.
    let version: String
    /// In the order of the file.
    let units: [RegisteredUnit]
    let slots: VisitSlotsPublished
    /// Whether the table of slots is made up.
    let slotsAreSynthetic: Bool
    let instruments: [Instrument]

    private let unitsByID: [String: UnitChanged]
    private let slotsByCode: [String: VisitSlot]
    private let instrumentsByCanonical: [Canonical: Instrument]

    init(
        file: String, version: String, units: [RegisteredUnit], slots: VisitSlotsPublished, slotsAreSynthetic: Bool,
        instruments: [Instrument]
    ) {
        self.file = file
        self.version = version
        self.units = units
        self.slots = slots
        self.slotsAreSynthetic = slotsAreSynthetic
        self.instruments = instruments
        unitsByID = Dictionary(units.map { ($0.unit.unit, $0.unit) }) { first, _ in first }
        slotsByCode = Dictionary(slots.slots.map { ($0.code, $0) }) { first, _ in first }
        instrumentsByCanonical = Dictionary(instruments.map { ($0.questionnaire.canonical, $0) }) { first, _ in first }
    }

    /// A unit by its HSA-id.
    func unit(_ id: String) -> UnitChanged? { unitsByID[id] }
    /// A visit slot by its code.
    func slot(_ code: String) -> VisitSlot? { slotsByCode[code] }
    /// An instrument by the url and version of its Questionnaire.
    func instrument(_ canonical: Canonical) -> Instrument? { instrumentsByCanonical[canonical] }
    /// An instrument by the id of its Questionnaire.
    func instrument(id: String) -> Instrument? { instruments.first { $0.id == id } }
}

/// A unit with whether it is made up.
struct RegisteredUnit: Sendable {
    let unit: UnitChanged
    let isSynthetic: Bool
}
