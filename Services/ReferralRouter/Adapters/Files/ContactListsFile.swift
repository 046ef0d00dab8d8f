internal import Documents
internal import Events

/// The file that `CONTACT_LISTS_FILE` names: the municipalities' contact lists and the functions that families are put
/// in touch with.
///
/// `{synthetic, municipalities: [{municipality, name, version, signpostUrl, entries: […], recipients: […]}]}`. Members
/// of entries and recipients are those of the events.
struct ContactListsFile: Sendable {
    let isSynthetic: Bool
    /// In the order of the file.
    let lists: [ContactListPublished]
    let recipients: [RecipientChanged]

    private static let municipalitiesMax = 400

    /// - Throws: every fault of the file, with its place.
    init(path: String) throws(FileFaults) {
        try self.init(path) { faults in faults.read(path, ContactListsFile.init) }
    }

    init(bytes: [UInt8], path: String) throws(FileFaults) {
        try self.init(path) { faults in faults.read(bytes, of: path, ContactListsFile.init) }
    }

    private init(_ path: String, _ read: (inout FileFaults) -> ContactListsFile?) throws(FileFaults) {
        var faults = FileFaults()
        let file = read(&faults)
        try faults.end()
        guard let file else {
            faults.add(path, "holds nothing")
            throw faults
        }
        self = file
    }

    private init?(_ members: inout Members) {
        let isSynthetic = members.required("synthetic", .flag)
        var known: Set<String> = []
        let municipalities = members.objects("municipalities", countMax: Self.municipalitiesMax) { members in
            let read = MunicipalityReading(&members)
            if !known.insert(read.municipality).inserted { members.fault("the municipality stands twice") }
            return read
        }
        if municipalities.isEmpty { members.fault("needs at least one", at: "municipalities") }
        let recipients = municipalities.flatMap(\.recipients)
        RecipientRules.check(recipients, in: members.reading)
        guard let isSynthetic else { return nil }
        self.isSynthetic = isSynthetic
        lists = municipalities.compactMap(\.list)
        self.recipients = recipients.map(\.recipient)
    }
}
