/// What intake sealed to one recipient's certificate: identity, safe contact, wishes. Router and notifier pass it
/// on unopened.
public struct SealedEnvelope: Codable, Hashable, Sendable {
    /// Id of the certificate of `recipient.changed` that it is sealed to.
    public var certificate: String
    /// CMS AuthEnvelopedData (RFC 5083), DER in base64.
    public var cms: String

    /// Takes each member as it will travel.
    public init(
        certificate: String, cms: String
    ) {
        self.certificate = certificate
        self.cms = cms
    }
}
