internal import Cryptography
internal import Events

/// What an outcome says, without which revision of it says so and why: revisions with the same content say the same.
struct OutcomeContent: EventPart {
    /// The version whose rules decided.
    let instrument: InstrumentReference
    let factors: [FactorOutcome]
    let signals: [Signal]
    let acute: Bool

    /// Whether any factor has an outcome.
    var hasOutcome: Bool { factors.contains { $0.result == .outcome } }

    /// Its members in the order of their names: `outcome.scored` has the same, spelled alike.
    static let members: [StaticString] = ["acute", "factors", "instrument", "signals"]

    /// The canonical form, which is kept and hashed.
    func canonical() throws(EventFault) -> [UInt8] { try EventCodec.encode(part: self) }

    /// SHA-256 over a canonical form: what replays and rebuilds compare.
    static func digest(ofCanonical bytes: [UInt8]) -> [UInt8] { SHA256.hash(bytes) }
}

extension OutcomeContent {
    init(reading object: ObjectReader) throws {
        self.init(
            instrument: try object.part("instrument"), factors: try object.parts("factors"),
            signals: try object.codes("signals"), acute: try object.truth("acute"))
    }

    func write(to object: inout ObjectWriter) throws {
        object.member("acute", acute)
        try object.member("factors", factors)
        try object.member("instrument", instrument)
        object.member("signals", signals.map(\.rawValue))
    }
}
