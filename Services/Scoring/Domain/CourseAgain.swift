internal import Events

/// A respondent's course under the versions that decide it now.
enum CourseAgain {
    /// The forms of which something else is to be said, each as its next revision.
    /// - Parameters:
    ///   - course: in its order, each form with the version that decided it so far.
    ///   - ruling: the version that decides a form now.
    /// - Throws: what `ruling` threw.
    static func changed(
        in course: [Course.Later], ruledBy ruling: (Course.Later) throws -> Instrument
    ) throws -> [ScoredForm] {
        var changed: [ScoredForm] = []
        var before: Course.Earlier?
        for standing in course {
            let instrument = try ruling(standing)
            let again =
                instrument.reference == standing.ruledBy.reference
                ? standing.form.compared(with: before, under: instrument)
                : try standing.form.rescored(by: instrument, since: before)
            if let again { changed.append(again) }
            before = (again ?? standing.form).asEarlier(under: instrument)
        }
        return changed
    }
}
