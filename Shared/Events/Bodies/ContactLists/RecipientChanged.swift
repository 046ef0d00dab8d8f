/// A function in a municipality that families can be put in touch with, as it is from now on.
public struct RecipientChanged: ReferenceBody {
    /// Id of the function.
    public var recipient: String
    /// SCB code.
    public var municipality: String
    /// Which function.
    public var kind: RecipientKind
    /// Who works there.
    public var staff: [RecipientStaff]
    /// How it is told, best first.
    public var channels: [RecipientChannel]
    /// What is sealed to; absent: no identity can be sent.
    public var certificate: RecipientCertificate?
    /// The next or present absence.
    public var absence: RecipientAbsence?

    /// Takes each member as it will travel.
    public init(
        recipient: String, municipality: String, kind: RecipientKind, staff: [RecipientStaff],
        channels: [RecipientChannel], certificate: RecipientCertificate? = nil, absence: RecipientAbsence? = nil
    ) {
        self.recipient = recipient
        self.municipality = municipality
        self.kind = kind
        self.staff = staff
        self.channels = channels
        self.certificate = certificate
        self.absence = absence
    }

    /// `recipient.changed`.
    public static let type = EventType.recipientChanged

    /// What the fact is about.
    public var subject: String { recipient }

    /// Key of the record; compaction keeps the last one of each.
    public var key: String { "\(municipality)/recipient/\(recipient)" }
}
