/// A municipality's contact list, whole.
public struct ContactListPublished: ReferenceBody {
    /// SCB code.
    public var municipality: String
    /// Version of the list.
    public var version: String
    /// SHA-256 of the entries' canonical form, hexadecimal.
    public var sha256: String
    /// The resources.
    public var entries: [ContactListEntry]
    /// Public page that shows the list without telling who looks.
    public var signpostUrl: String?

    /// Takes each member as it will travel.
    public init(
        municipality: String, version: String, sha256: String, entries: [ContactListEntry], signpostUrl: String? = nil
    ) {
        self.municipality = municipality
        self.version = version
        self.sha256 = sha256
        self.entries = entries
        self.signpostUrl = signpostUrl
    }

    /// `contact-list.published`.
    public static let type = EventType.contactListPublished

    /// What the fact is about.
    public var subject: String { municipality }

    /// Key of the record; compaction keeps the last one of each.
    public var key: String { "\(municipality)/contact-list" }
}
