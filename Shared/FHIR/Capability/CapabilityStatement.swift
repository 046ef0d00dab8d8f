/// What a FHIR endpoint can do, as `GET /fhir/metadata` says it.
///
/// Made from the list of what the endpoint serves, so that it says neither more nor less.
public struct CapabilityStatement: Sendable, Hashable {
    /// What can be done with one type of resource.
    public struct Resource: Sendable, Hashable {
        /// The type; each stands once.
        public var type: String
        /// What can be done.
        public var interactions: [Interaction]
        /// What can be searched by.
        public var searchParameters: [SearchParameter]

        /// What can be done with one type of resource.
        public init(_ type: String, _ interactions: [Interaction], searchParameters: [SearchParameter] = []) {
            self.type = type
            self.interactions = interactions
            self.searchParameters = searchParameters
        }
    }

    /// Something that can be done with a resource: codes of `http://hl7.org/fhir/restful-interaction`.
    public enum Interaction: String, Sendable, CaseIterable {
        /// Read the current version.
        case read
        /// Read a given version.
        case vread
        /// Make a new version.
        case update
        /// Make a new resource.
        case create
        /// Find resources of the type.
        case searchType = "search-type"
    }

    /// Something that can be done with the whole endpoint.
    public enum SystemInteraction: String, Sendable, CaseIterable {
        /// Send several requests in one Bundle.
        case batch
    }

    /// A parameter of a search.
    public struct SearchParameter: Sendable, Hashable {
        /// The type of a parameter: codes of `http://hl7.org/fhir/search-param-type`.
        public enum Kind: String, Sendable, CaseIterable {
            /// A number.
            case number
            /// A date or period.
            case date
            /// The beginning of a text.
            case string
            /// A code or identifier.
            case token
            /// A resource.
            case reference
            /// A uri.
            case uri
        }

        /// Its name, unique within the resource.
        public var name: String
        /// Its type.
        public var kind: Kind

        /// A parameter with its type.
        public init(_ name: String, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// When this statement was made: the build, not the request.
    public var date: FHIRDateTime
    /// The name of the software.
    public var softwareName: String
    /// The version of the software.
    public var softwareVersion: String
    /// What this installation is, in words.
    public var implementation: String
    /// The types of resource.
    public var resources: [Resource]
    /// What can be done with the whole endpoint.
    public var interactions: [SystemInteraction]

    /// A statement from its parts.
    public init(
        date: FHIRDateTime, softwareName: String, softwareVersion: String, implementation: String,
        resources: [Resource], interactions: [SystemInteraction] = []
    ) {
        self.date = date
        self.softwareName = softwareName
        self.softwareVersion = softwareVersion
        self.implementation = implementation
        self.resources = resources
        self.interactions = interactions
    }

    /// The CapabilityStatement as compact JSON.
    public func json() -> [UInt8] { encoded() }
}
