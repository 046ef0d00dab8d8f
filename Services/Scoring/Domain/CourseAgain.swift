internal import Events

/// A respondent's course under the versions that decide it now.
enum CourseAgain {
    /// A form of which something else is to be said.
    struct Changed: Sendable {
        /// Its next revision.
        let form: ScoredForm
        let cause: ScoringCause
        /// The version whose taking over led to it: the form's own, or that of the form before it.
        let led: InstrumentReference
    }

    /// The forms of which something else is to be said.
    /// - Parameters:
    ///   - course: a respondent's forms of one questionnaire, in their order, each with the version that decided it so
    ///     far.
    ///   - ruling: the version that decides a form now.
    /// - Throws: what `ruling` threw.
    static func changed(
        in course: [Course.Later], ruledBy ruling: (Course.Later) throws -> Instrument
    ) throws -> [Changed] {
        var changed: [Changed] = []
        var before: (form: Course.Earlier, led: InstrumentReference)?
        for standing in course {
            let instrument = try ruling(standing)
            let isRuledAnew = instrument.reference != standing.ruledBy.reference
            let again =
                isRuledAnew
                ? try standing.form.rescored(by: instrument, since: before?.form)
                : standing.form.compared(with: before?.form, under: instrument)
            let led = isRuledAnew ? instrument.reference : before?.led ?? instrument.reference
            if let again { changed.append(Changed(form: again, cause: isRuledAnew ? .reRun : .course, led: led)) }
            before = ((again ?? standing.form).asEarlier(under: instrument), instrument.reference)
        }
        return changed
    }
}
