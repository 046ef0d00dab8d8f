internal import Events
internal import Foundation

/// The file that `CONTACT_LISTS_FILE` names, read whole: per municipality a contact list and the functions that
/// families can be put in touch with.
///
/// `{synthetic, municipalities: [{municipality, name, version, signpostUrl, entries: […], recipients: […]}]}`. Entries
/// and recipients have the members of the events, so that what may be written is what can travel.
struct ContactListsFile: Sendable {
    let isSynthetic: Bool
    /// In the order of the file.
    let lists: [ContactListPublished]
    let recipients: [RecipientChanged]

    /// - Throws: every fault of the file, with its place.
    init(path: String) throws {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw FileFaults(path: path, found: "can't be read").fault
        }
        try self.init(bytes: bytes, path: path)
    }

    init(bytes: Data, path: String) throws {
        var faults = FileFaults(path: path)
        var top = FileObject(faults.json(of: bytes), at: "#", in: &faults)
        isSynthetic = top.boolean("synthetic", &faults)
        let municipalities = top.objects("municipalities", &faults)
        if municipalities.isEmpty { faults.add("municipalities needs at least one", at: "#/municipalities") }
        top.end(&faults)
        var lists: [ContactListPublished] = []
        var recipients: [(recipient: RecipientChanged, place: String)] = []
        for (place, object) in municipalities {
            var reading = MunicipalityReading(object, at: place, in: &faults)
            if lists.contains(where: { $0.municipality == reading.municipality }) {
                faults.add("the municipality stands twice", at: place)
            }
            recipients += reading.recipients(&faults)
            lists += reading.list(&faults).map { [$0] } ?? []
        }
        RecipientRules.check(recipients, &faults)
        try faults.end()
        self.lists = lists
        self.recipients = recipients.map(\.recipient)
    }
}
