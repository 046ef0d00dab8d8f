internal import Events
internal import Store

/// Kept forms in the order of the course: SQL only.
enum ReplayTable {
    /// Beyond every respondent.
    private static let end = [UInt8](repeating: 0xFF, count: 17)

    /// Respondents at which to cut the course, so that the forms between two cuts are about `formsMax`; the last one
    /// lies beyond all. Walks an index; reads no form.
    static func cuts(
        after: [UInt8], countMax: Int, formsMax: Int, in store: ReadScope
    ) throws -> (cuts: [[UInt8]], isEnd: Bool) {
        var cuts: [[UInt8]] = []
        var last = after
        while cuts.count < countMax {
            let next = try store.first(
                "SELECT respondent FROM scored WHERE respondent > ? ORDER BY respondent LIMIT 1 OFFSET ?",
                .blob(last), .int(formsMax - 1)
            ) { $0.blob(0) }
            guard let next else { return (cuts + [end], true) }
            cuts.append(next)
            last = next
        }
        return (cuts, false)
    }

    /// Every form of the respondents after one and up to another, each with its version.
    static func forEach(
        after: [UInt8], upTo: [UInt8], _ instruments: InstrumentTable, in store: ReadScope,
        _ body: (KeptForm) throws -> Void
    ) throws {
        try store.forEach(
            """
            SELECT respondent, age_days, screening, scored.child, form, outcome_revision, content, digest, ruled_by,
                questionnaire, outbox.value, results
            FROM scored LEFT JOIN answered USING (seq)
                LEFT JOIN outbox ON outbox.id = scored.event AND outbox.revision = scored.outcome_revision
            WHERE respondent > ? AND respondent <= ? ORDER BY respondent, questionnaire, age_days, screening
            """, .blob(after), .blob(upTo)
        ) { row in
            try body(try kept(row, instruments, in: store))
            return true
        }
    }

    /// A respondent's forms.
    static func course(
        of screening: ScreeningID, _ instruments: InstrumentTable, in store: ReadScope
    ) throws -> [KeptForm] {
        try store.all(
            """
            SELECT respondent, age_days, screening, scored.child, form, outcome_revision, content, digest, ruled_by,
                questionnaire, outbox.value, results
            FROM scored LEFT JOIN answered USING (seq)
                LEFT JOIN outbox ON outbox.id = scored.event AND outbox.revision = scored.outcome_revision
            WHERE respondent = (SELECT respondent FROM scored WHERE screening = ?)
            ORDER BY respondent, questionnaire, age_days, screening
            """, .uuid(screening.uuid)
        ) { try kept($0, instruments, in: store) }
    }

    private static func kept(_ row: Row, _ instruments: InstrumentTable, in store: ReadScope) throws -> KeptForm {
        KeptForm(
            place: CoursePlace(
                respondent: RespondentID(try row.uuid(0)), questionnaire: row.text(9), ageDays: row.int(1),
                screening: ScreeningID(try row.uuid(2))),
            child: ChildID(try row.uuid(3)), form: row.blob(4), outcomeRevision: row.int(5), content: row.blob(6),
            digest: row.blob(7), ruledBy: try instruments.usable(row.text(8), in: store), said: row.blobIfAny(10),
            letters: row.blob(11))
    }
}
