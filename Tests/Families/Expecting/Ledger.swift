internal import Support

/// Follows one family by what was accepted of it, and so knows what every service must count in the end.
///
/// It knows the rules of the domain in their simplest words and none of the services' code. A folder must leave no
/// race: what could be sent is taken back only after a `delivered`, what waits only after a `held`.
struct Ledger: Sendable {
    private let instrument: Instrument
    private var isRestricted = false
    private var guardians: [Bool] = []
    private var slots: Set<String> = []
    private var marks: [String: String] = [:]
    private var forms: [String: [String: String]] = [:]
    private var conversations: Set<String> = []
    private var offers: [OfferLedger] = []
    private var isListed = false

    init(instrument: Instrument) { self.instrument = instrument }

    /// Notes what a service accepted; documents still have their names.
    mutating func accept(_ kind: StepKind, at target: String?, _ document: JSONValue) {
        switch kind {
        case .child:
            isListed = true
            isRestricted =
                document.isRestricted || (document["respondents"]?.elements ?? []).contains(where: \.isRestricted)
            guardians = (document["respondents"]?.elements ?? []).map { $0["guardian"]?.text != "no" }
        case .visit:
            slots.insert(document["slot"]?.text ?? "")
            for screening in document["screenings"]?.elements ?? [] { mark(screening, at: "@visit-\(slots.count)") }
        case .screening: mark(document, at: target.map { "@\($0)" } ?? "")
        case .form: answer(document)
        case .forms: for entry in document["entry"]?.elements ?? [] { answer(entry["resource"] ?? .null) }
        case .conversation: talk(document)
        case .decision, .guardian, .withdrawal, .held, .delivered, .answer: follow(kind, target, document)
        }
    }

    /// How often each fact is to be found.
    func facts() -> [Fact: Int] {
        let states = marks.values
        var facts: [Fact: Int] = [
            .children: isListed ? 1 : 0, .participating: forms.isEmpty ? 0 : 1, .visits: slots.count,
            .notOffered: states.count { $0 == "not-offered" }, .offered: states.count { $0 != "not-offered" },
            .declined: states.count { $0 == "declined" }, .answered: forms.count,
            .partial: forms.values.count { instrument.isPartial($0) },
            .withOutcome: forms.values.count { !instrument.outcomes(of: $0).isEmpty },
            .conversations: conversations.count, .offers: offers.count,
        ]
        for offer in offers { facts.merge(offer.facts(isRestricted: isRestricted)) { $0 + $1 } }
        return facts
    }

    /// The factors with an outcome of a parent's form, as the nurse must find them; nil when there is no form.
    func outcomes(visit: String, respondent: String) -> Set<String>? {
        forms["\(visit) \(respondent)"].map { instrument.outcomes(of: $0) }
    }

    private mutating func mark(_ screening: JSONValue, at visit: String) {
        let key = "\(visit) \(screening["respondent"]?.text ?? "")"
        marks[key] = screening["state"]?.text ?? ""
    }

    private mutating func answer(_ form: JSONValue) {
        let visit = form["encounter"]?["reference"]?.text?.split(separator: "/").last ?? ""
        let respondent = form["source"]?["reference"]?.text?.split(separator: "/").last ?? ""
        forms["\(visit) \(respondent)"] = FormReading.answers(of: form)
    }

    private mutating func talk(_ document: JSONValue) {
        let respondent = document["respondent"]?.text ?? ""
        guard conversations.insert("\(respondent) \(document["heldAt"]?.text ?? "")").inserted else { return }
        for offer in document["offers"]?.elements ?? [] {
            offers.append(OfferLedger(offer, respondent: respondent, guardians: guardians))
        }
    }

    private mutating func follow(_ kind: StepKind, _ target: String?, _ document: JSONValue) {
        guard let number = target?.split(separator: "-").last.flatMap({ Int($0) }), offers.indices.contains(number - 1)
        else { return }
        offers[number - 1].follow(kind, document, isRestricted: isRestricted)
    }
}

extension JSONValue {
    fileprivate var isRestricted: Bool { self["restricted"] == true }
}
