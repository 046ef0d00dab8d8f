/// What a server knows about a resource.
public struct Meta: Sendable, Hashable {
    /// The version of the resource on its server.
    public var versionID: String?
    /// When that version was made.
    public var lastUpdated: FHIRInstant?
    /// Where the resource came from.
    public var source: String?
    /// The profiles that it claims to keep.
    public var profiles: [String]
    /// Labels of security, as protected identity.
    public var security: [Coding]
    /// Other labels.
    public var tags: [Coding]

    /// Metadata from its parts.
    public init(
        versionID: String? = nil, lastUpdated: FHIRInstant? = nil, source: String? = nil, profiles: [String] = [],
        security: [Coding] = [], tags: [Coding] = []
    ) {
        self.versionID = versionID
        self.lastUpdated = lastUpdated
        self.source = source
        self.profiles = profiles
        self.security = security
        self.tags = tags
    }
}

extension Meta: FHIRElement {
    init?(reading members: inout Members) {
        versionID = members.id(.versionId)
        lastUpdated = members.lexical(.lastUpdated)
        source = members.uri(.source)
        profiles = members.strings(.profile, .uri)
        security = members.elements(.security)
        tags = members.elements(.tag)
    }

    func write(to json: inout JSONWriter) {
        json.string(.versionId, versionID)
        json.string(.lastUpdated, lastUpdated?.text)
        json.string(.source, source)
        json.strings(.profile, profiles)
        json.elements(.security, security)
        json.elements(.tag, tags)
    }
}
