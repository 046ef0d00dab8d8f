internal import Foundation
internal import Support

/// What became of one family.
struct SentFamily: Sendable {
    var facts: [Fact: Int] = [:]
    /// What services refused or never answered, each with its place.
    var troubles: [String] = []
}

/// Sends one family's files in their order, as the people who would: record system, tablet, nurse, recipient.
struct FamilySender {
    private static let outcomeLimit = Duration.seconds(120)
    private static let deliveryLimit = Duration.seconds(120)

    let family: Family
    let town: Town
    let pause: Duration
    let progress: Progress
    private var names = Names()
    private var ledger: Ledger
    private var unit = ""
    private var visits = 0
    private var offers: [String: String] = [:]
    private var result = SentFamily()

    init(family: Family, town: Town, pause: Duration, progress: Progress) {
        self.family = family
        self.town = town
        self.pause = pause
        self.progress = progress
        ledger = Ledger(instrument: town.instrument)
    }

    /// Goes on after a refusal, as people do, unless nothing can follow.
    mutating func send() async -> SentFamily {
        for step in family.steps {
            do {
                try await send(step)
                if pause > .zero { try await Task.sleep(for: pause) }
                await progress.sent(step.kind)
            } catch {
                result.troubles.append("\(step.place): \(error)")
                if step.kind == .child { break }
            }
        }
        await progress.finished()
        result.facts = ledger.facts()
        return result
    }

    private mutating func send(_ step: Step) async throws {
        names.bind("now", to: Date().formatted(.iso8601))
        let document = names.resolve(step.document)
        switch step.kind {
        case .child: try await list(document)
        case .visit: try await visit(document)
        case .screening:
            _ = try await nurse.post("/v1/visits/\(try id(step.target))/screenings", document)
        case .form:
            _ = try await tablet.post("/fhir/QuestionnaireResponse", document, contentType: "application/fhir+json")
        case .forms: return try await batch(step.document, document)
        case .conversation: try await talk(step.document, document)
        case .decision:
            let answer = try await nurse.post("/v1/offers/\(try id(step.target))/decisions", document)
            bindConsent(answer, number: number(step.target))
        case .guardian: _ = try await nurse.post("/v1/consents/\(try id(step.target))/guardians", document)
        case .withdrawal: _ = try await nurse.post("/v1/consents/\(try id(step.target))/withdrawal", document)
        case .held: try await held(step.target)
        case .delivered: _ = try await referral(step.target)
        case .answer: try await answer(step.target, document)
        }
        ledger.accept(step.kind, at: step.target, step.document)
    }

    private var nurse: Caller { get throws { try town.caller(.nurse, at: unit) } }
    private var tablet: Caller { get throws { try town.caller(.tablet, at: unit) } }
    private var recordSystem: Caller {
        get throws {
            let provider = town.registry.units.first { $0.unit == unit }?.careProvider
            return try town.caller(.ehr, at: provider ?? "")
        }
    }

    private mutating func list(_ document: JSONValue) async throws {
        unit = document["unit"]?.text ?? ""
        let answer = try await recordSystem.post("/v1/children", document)
        if let child = answer["child"]?.text { names.bind("child", to: child) }
        for (index, respondent) in (answer["respondents"]?.elements ?? []).enumerated() {
            if let id = respondent["respondent"]?.text { names.bind("parent-\(index + 1)", to: id) }
        }
    }

    private mutating func visit(_ document: JSONValue) async throws {
        let answer = try await recordSystem.post("/v1/visits", document)
        visits += 1
        if let id = answer["visit"]?.text { names.bind("visit-\(visits)", to: id) }
        for screening in answer["screenings"]?.elements ?? [] {
            guard let id = screening["screening"]?.text, let respondent = screening["respondent"]?.text else {
                continue
            }
            names.bind("screening \(answer["visit"]?.text ?? "") \(respondent)", to: id)
        }
    }

    /// Every form of a batch stands alone.
    private mutating func batch(_ named: JSONValue, _ document: JSONValue) async throws {
        let answer = try await recordSystem.post("/fhir", document, contentType: "application/fhir+json")
        let entries = named["entry"]?.elements ?? []
        for (entry, given) in zip(entries, answer["entry"]?.elements ?? []) {
            let status = given["response"]?["status"]?.text ?? ""
            if status.hasPrefix("2") {
                ledger.accept(.form, at: nil, entry["resource"] ?? .null)
            } else {
                result.troubles.append("\(family.name), a form of a batch: \(status) \(given["response"] ?? .null)")
            }
        }
    }

    /// A nurse reads the outcome of the parent's form before she talks; and it is compared with what it must be.
    private mutating func talk(_ named: JSONValue, _ document: JSONValue) async throws {
        let nurse = try nurse
        if let visit = named["visit"]?.text, let respondent = named["respondent"]?.text,
            let wanted = ledger.outcomes(visit: visit, respondent: respondent),
            let screening = names.id(
                "screening \(document["visit"]?.text ?? "") \(document["respondent"]?.text ?? "")")
        {
            let factors = try await awaited("the outcome of a form", within: Self.outcomeLimit) {
                try await nurse.get("/v1/screenings/\(screening)/outcome")["factors"]?.elements
            }
            let found = Set(factors.filter { $0["result"] == "outcome" }.compactMap { $0["factor"]?.text })
            if found != wanted {
                result.troubles.append(
                    "\(family.name): outcome on \(found.sorted()) where the rules say \(wanted.sorted())")
            }
        }
        let answer = try await nurse.post("/v1/conversations", document)
        for (offer, given) in zip(named["offers"]?.elements ?? [], answer["offers"]?.elements ?? []) {
            let number = offers.count + 1
            offers["offer-\(number)"] = offer["recipient"]?.text ?? ""
            if let id = given["offer"]?.text { names.bind("offer-\(number)", to: id) }
            bindConsent(given, number: number)
        }
    }

    private mutating func bindConsent(_ offer: JSONValue, number: Int) {
        if let consent = offer["consent"]?["consent"]?.text { names.bind("consent-\(number)", to: consent) }
    }

    private func held(_ target: String?) async throws {
        let (nurse, offer) = (try nurse, try id(target))
        _ = try await awaited("that an offer is held", within: Self.deliveryLimit) {
            try await nurse.get("/v1/offers/\(offer)")["held"]?.text
        }
    }

    /// The referral of an offer, once its recipient was told of it: the nurse knows the reference number, the recipient
    /// the referral.
    private func referral(_ target: String?) async throws -> (id: String, recipient: Recipients.Recipient) {
        let (nurse, town) = (try nurse, town)
        let offer = try id(target)
        guard let recipient = town.recipients.recipient(offers[target ?? ""] ?? "") else {
            throw Step.Fault(description: "@\(target ?? "") names no recipient of the contact lists")
        }
        let reference = try await awaited("a referral", within: Self.deliveryLimit) {
            try await nurse.get("/v1/offers/\(offer)")["referral"]?["referenceNumber"]?.text
        }
        let inbox = recipient.takesWebhooks ? nil : try town.caller(for: recipient)
        let referral = try await awaited("a notice", within: Self.deliveryLimit) {
            try await town.mailbox.referral(reference, inbox: inbox, of: recipient.recipient)
        }
        return (referral, recipient)
    }

    private func answer(_ target: String?, _ document: JSONValue) async throws {
        let (referral, recipient) = try await referral(target)
        let caller = try town.caller(for: recipient)
        _ = try await awaited("leave to answer", within: Self.deliveryLimit) { () -> JSONValue? in
            do {
                return try await caller.post("/v1/referrals/\(referral)/answers", document)
            } catch let refusal as Caller.Refusal where refusal.status == 403 {
                // The notice is here before the notifier has noted that it was taken.
                return nil
            }
        }
    }

    private func id(_ target: String?) throws -> String {
        guard let target, let id = names.id(target) else {
            throw Step.Fault(description: "no id is known for @\(target ?? "") at this point")
        }
        return id
    }

    private func number(_ target: String?) -> Int { target?.split(separator: "-").last.flatMap { Int($0) } ?? 0 }
}
