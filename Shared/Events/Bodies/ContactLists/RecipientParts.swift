public import Runtime

/// Somebody who works in the function, as shown to nurses.
public struct RecipientStaff: Codable, Hashable, Sendable {
    /// Name.
    public var displayName: String
    /// Direct number.
    public var phone: String
    /// When to call.
    public var hours: String

    /// Takes each member as it will travel.
    public init(
        displayName: String, phone: String, hours: String
    ) {
        self.displayName = displayName
        self.phone = phone
        self.hours = hours
    }
}

/// A way to tell the recipient. Keys to sign with are settings of the notifier, never here.
public struct RecipientChannel: Codable, Hashable, Sendable {
    /// How.
    public var kind: ChannelKind
    /// Where: URL or mail address; absent for the inbox.
    public var address: String?

    /// Takes each member as it will travel.
    public init(
        kind: ChannelKind, address: String? = nil
    ) {
        self.kind = kind
        self.address = address
    }
}

/// What intake seals to.
public struct RecipientCertificate: Codable, Hashable, Sendable {
    /// Id that a sealed envelope names.
    public var id: String
    /// When it ends.
    public var notAfter: Timestamp
    /// X.509 certificate, PEM.
    public var pem: String

    /// Takes each member as it will travel.
    public init(
        id: String, notAfter: Timestamp, pem: String
    ) {
        self.id = id
        self.notAfter = notAfter
        self.pem = pem
    }
}

/// When nobody is there.
public struct RecipientAbsence: Codable, Hashable, Sendable {
    /// First day.
    public var from: CalendarDay
    /// Last day.
    public var to: CalendarDay
    /// Recipient that takes over, of the same kind.
    public var deputy: String?

    /// Takes each member as it will travel.
    public init(
        from: CalendarDay, to: CalendarDay, deputy: String? = nil
    ) {
        self.from = from
        self.to = to
        self.deputy = deputy
    }
}
