internal import Cryptography
internal import Documents
internal import Events

/// One municipality of the file while it is read.
struct MunicipalityReading {
    /// Empty when it can't be read.
    let municipality: String
    /// Nil when a part of it has a fault.
    private(set) var list: ContactListPublished?
    /// The functions, each with its place.
    let recipients: [(recipient: RecipientChanged, place: String)]

    private static let entriesMax = 500
    private static let recipientsMax = 100
    /// A little room is left for the common members.
    private static let eventBytesMax = Catalogue.contract(for: .contactLists).recordBytesMax - 1024

    init(_ members: inout Members) {
        let municipality = members.required("municipality", .municipality) ?? ""
        // For whoever reads the file; goes nowhere.
        _ = members.required("name", .text())
        let version = members.required("version", .version)
        let signpostUrl = members.optional("signpostUrl", .httpsAddress)
        var known: Set<String> = []
        let entries = members.objects("entries", countMax: Self.entriesMax) { members in
            let entry = EntryReading.entry(&members)
            if let entry, !known.insert(entry.id).inserted { members.fault("stands twice", at: "id") }
            return entry
        }
        self.municipality = municipality
        recipients = members.objects("recipients", countMax: Self.recipientsMax) { members in
            RecipientReading.recipient(&members, in: municipality).map { ($0, members.pointer) }
        }
        for name in ["entries", "recipients"] where !members.has(name) { members.fault("is required", at: name) }
        guard let version else { return }
        do throws(EventFault) {
            let list = ContactListPublished(
                municipality: municipality, version: version,
                sha256: try ContactListPublished.contentHash(entries: entries), entries: entries,
                signpostUrl: signpostUrl)
            if try EventCodec.canonical(list).count > Self.eventBytesMax {
                members.fault("is larger than an event may be")
            }
            self.list = list
        } catch {
            members.fault("can't be written as an event")
        }
    }
}

/// Reads an entry of a contact list.
enum EntryReading {
    static func entry(_ members: inout Members) -> ContactListEntry? {
        let id = members.required("id", .code)
        let kind: ResourceKind? = members.required("kind", .known())
        let name = members.required("name", .text())
        let service = members.required("service", .text(charactersMax: 500))
        let factors: [RiskFactor] = members.list("factors", countMax: 20, .known())
        let ages = members.object("ages", ages)
        let languages = members.list("languages", countMax: 50, .language)
        let area = members.optional("area", .text())
        let cost = members.optional("cost", .text())
        let howToReach = members.required("howToReach", .text(charactersMax: 500))
        let assuredAt = members.optional("assuredAt", .day)
        let assurerRole: ActorRole? = members.optional("assurerRole", .known())
        let validTo = members.optional("validTo", .day)
        let capacity: ResourceCapacity? = members.optional("capacity", .known())
        let alert = members.optional("alert", .text(charactersMax: 500))
        for name in ["factors", "languages"] where !members.has(name) { members.fault("is required", at: name) }
        guard let id, let kind, let name, let service, let howToReach else { return nil }
        return ContactListEntry(
            id: id, kind: kind, name: name, service: service, factors: factors, ages: ages, languages: languages,
            area: area, cost: cost, howToReach: howToReach, assuredAt: assuredAt, assurerRole: assurerRole,
            validTo: validTo, capacity: capacity, alert: alert)
    }

    private static func ages(_ members: inout Members) -> AgeSpan? {
        let from = members.required("fromMonths", .integer(0...252))
        let to = members.required("toMonths", .integer(0...252))
        guard let from, let to else { return nil }
        if from > to { members.fault("must begin before it ends") }
        return AgeSpan(fromMonths: from, toMonths: to)
    }
}
