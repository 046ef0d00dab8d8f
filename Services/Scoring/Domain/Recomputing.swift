internal import Events

/// A form as the store keeps it, with what it keeps of the outcome.
struct KeptForm: Sendable {
    let place: CoursePlace
    let child: ChildID
    let form: [UInt8]
    let outcomeRevision: Int
    let content: [UInt8]
    let digest: [UInt8]
    /// The version that decided; nil when this release can't score by what the store has of it.
    let ruledBy: Instrument?
    /// The event of the journal by which the outcome's revision was said; nil where there is none.
    let said: [UInt8]?
    /// The results as a successor is compared with them.
    let letters: [UInt8]
}

/// Scores kept forms again, in the order of the course: respondent by respondent, and of each from the first form on,
/// each questionnaire for itself.
///
/// A form is compared with its predecessor as that was scored again, so that every outcome follows from answers alone.
struct Recomputing {
    /// What a form was compared with.
    struct Earlier: Sendable {
        let screening: ScreeningID
        let ruledBy: InstrumentReference
    }

    /// A form scored again.
    struct Outcome: Sendable {
        let scored: ScoredForm
        let digest: [UInt8]
        let comparedWith: Earlier?
        /// In what the kept outcome is another one; nil when it is the same.
        let difference: String?
    }

    /// Why a form can't be scored again.
    struct Obstacle: Error, Sendable {
        let reason: String
    }

    private let rulings: Rulings
    private var respondent: RespondentID?
    /// By questionnaire.
    private var before: [String: (form: Earlier, outcome: Course.Earlier)] = [:]

    /// - Parameter rulings: by which version each form is to be decided.
    init(by rulings: Rulings) { self.rulings = rulings }

    /// Takes the next form. After one that can't be scored again the next is compared with what is kept of it, if its
    /// version can be used.
    mutating func next(_ kept: KeptForm) throws(Obstacle) -> Outcome {
        if respondent != kept.place.respondent { before = [:] }
        respondent = kept.place.respondent
        let questionnaire = kept.place.questionnaire
        guard let instrument = kept.ruledBy else {
            before[questionnaire] = nil
            throw Obstacle(reason: "the version that decided it can't be used")
        }
        let earlier = Earlier(screening: kept.place.screening, ruledBy: instrument.reference)
        do {
            let form = try Self.form(kept)
            let scored = try ScoredForm(
                form, bytes: kept.form, child: kept.child, by: instrument, since: before[questionnaire]?.outcome,
                outcomeRevision: kept.outcomeRevision, lastEvent: nil)
            let content = try scored.content.canonical()
            let digest = OutcomeContent.digest(ofCanonical: content)
            defer { before[questionnaire] = (earlier, scored.asEarlier(under: instrument)) }
            let isRuledOtherwise = rulings.name(of: form).map { $0 != instrument.reference.name } ?? false
            let standing = kept.content == content ? scored.content : Self.content(kept)
            let differences = [
                isRuledOtherwise ? "decided by another version" : nil,
                Self.difference(of: kept, from: scored.content, content, digest),
                Self.lettersDifference(of: kept, from: standing),
                Self.journalDifference(of: kept, from: standing),
            ].compactMap { $0 }
            return Outcome(
                scored: scored, digest: digest, comparedWith: before[questionnaire]?.form,
                difference: differences.isEmpty ? nil : differences.joined(separator: ", "))
        } catch {
            before[questionnaire] = Self.content(kept).map {
                (earlier, Course.Earlier(ruledBy: instrument, factors: $0.factors))
            }
            throw (error as? Obstacle) ?? Obstacle(reason: "its answers can't be scored")
        }
    }

    /// The next form, for a caller that goes on after one that can't be scored again.
    mutating func result(of kept: KeptForm) -> Result<Outcome, Obstacle> {
        do throws(Obstacle) {
            return .success(try next(kept))
        } catch {
            return .failure(error)
        }
    }

    private static func form(_ kept: KeptForm) throws -> Event<AnswersSubmitted> {
        let form: Event<AnswersSubmitted>
        do throws(EventFault) {
            form = try EventCodec.decode(from: kept.form)
        } catch {
            throw Obstacle(reason: "its form can't be read")
        }
        guard CoursePlace(form.body) == kept.place else { throw Obstacle(reason: "its form stands at another place") }
        return form
    }

    private static func content(_ kept: KeptForm) -> OutcomeContent? { content(kept.content) }

    private static func content(_ bytes: [UInt8]) -> OutcomeContent? {
        do {
            return try EventCodec.decode(part: OutcomeContent.self, from: bytes)
        } catch {
            return nil
        }
    }

    /// Whether a successor is compared with what the store keeps.
    /// - Parameter content: as of `journalDifference`.
    private static func lettersDifference(of kept: KeptForm, from content: OutcomeContent?) -> String? {
        guard let content else { return nil }
        let letters = Course.Earlier.letters(of: content.factors)
        return kept.letters.elementsEqual(letters.utf8) ? nil : "its letters for the next form say otherwise"
    }

    /// Whether others were told what the store keeps.
    /// - Parameter content: the kept one; nil when it can't be read, which is a difference of its own.
    private static func journalDifference(of kept: KeptForm, from content: OutcomeContent?) -> String? {
        guard let said = kept.said else { return "the journal doesn't hold what was said last" }
        guard let content else { return nil }
        return Self.content(said) == content ? nil : "the journal says otherwise"
    }

    /// Names what differs, and no result: that is told to who asks about the one screening.
    private static func difference(
        of kept: KeptForm, from content: OutcomeContent, _ canonical: [UInt8], _ digest: [UInt8]
    ) -> String? {
        if kept.content == canonical { return kept.digest == digest ? nil : "the kept hash is another outcome's" }
        guard let other = Self.content(kept) else { return "the kept outcome can't be read" }
        var parts = Set(content.factors).symmetricDifference(other.factors).map(\.factor.rawValue)
        if content.signals != other.signals { parts.append("signals") }
        if content.acute != other.acute { parts.append("acute") }
        if content.instrument != other.instrument { parts.append("instrument") }
        return parts.isEmpty ? "the kept outcome is written otherwise" : Set(parts).sorted().joined(separator: ", ")
    }
}
