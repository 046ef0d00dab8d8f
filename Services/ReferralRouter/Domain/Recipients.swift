internal import Events

/// The functions that families can be put in touch with, and the contact lists, as the file tells them.
struct Recipients: Sendable {
    private let byName: [String: RecipientChanged]
    private let listVersions: [String: String]

    init(lists: [ContactListPublished], recipients: [RecipientChanged]) {
        byName = Dictionary(recipients.map { ($0.recipient, $0) }) { first, _ in first }
        listVersions = Dictionary(lists.map { ($0.municipality, $0.version) }) { first, _ in first }
    }

    /// The function of that name, if it is of that kind: a function of another kind is no stand-in.
    func find(_ name: String, kind: RecipientKind) -> RecipientChanged? {
        byName[name].flatMap { $0.kind == kind ? $0 : nil }
    }

    /// The version of the list that a recipient stands in.
    func listVersion(of recipient: RecipientChanged) -> String { listVersions[recipient.municipality] ?? "" }
}
