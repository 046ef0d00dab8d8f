internal import Events
internal import Store

/// A form that is parked.
struct WaitingForm: Sendable {
    let child: ChildID?
    /// The parked record's number, for the commands.
    let record: Int64
    let state: String
    let reason: String

    /// Why it waits, without a word of it.
    var words: String {
        switch state {
        case "early": "it waits for its instrument or a retraction (parked record \(record))"
        case "behind": "it waits behind another record of the child (parked record \(record))"
        case "ready": "it is about to be scored (parked record \(record))"
        default: "it is \(state): \(reason) (parked record \(record))"
        }
    }
}

/// Parked records of `answers`, by the screening that they are about: SQL only. Reads every parked form; for commands.
enum WaitingFormTable {
    static func find(_ screening: ScreeningID, in store: ReadScope) throws -> WaitingForm? {
        try store.first(
            """
            SELECT child, seq, state, reason FROM parked
            WHERE topic = 'answers' AND instr(CAST(value AS TEXT), ?) > 0 ORDER BY seq LIMIT 1
            """, .text("\"screening\":\"\(screening.text)\"")
        ) { row in
            WaitingForm(
                child: try row.uuidIfAny(0).map { ChildID($0) }, record: row.integer(1), state: row.text(2),
                reason: row.text(3))
        }
    }
}
