/// One header of a record. Kafka tells an empty value from none, and allows a name twice.
public struct EventHeader: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value; nil is Kafka's null. A slice, so that all headers of a record may share one piece of memory.
    public let value: ArraySlice<UInt8>?

    /// A header of bytes.
    public init(name: String, slice value: ArraySlice<UInt8>?) {
        self.name = name
        self.value = value
    }

    /// A header of bytes.
    public init(name: String, value: [UInt8]?) {
        self.init(name: name, slice: value?[...])
    }

    /// A header of text.
    public init(_ name: String, _ text: String) {
        self.init(name: name, value: Array(text.utf8))
    }
}

/// The names of the headers that an envelope has.
public enum HeaderName: String, CaseIterable, Sendable {
    /// `1.0`, for every 1.0.x of CloudEvents.
    case specificationVersion = "ce_specversion"
    /// Id of the event.
    case id = "ce_id"
    /// Who says it.
    case source = "ce_source"
    /// Type with the prefix and the version.
    case type = "ce_type"
    /// When it was recorded.
    case time = "ce_time"
    /// What it is about.
    case subject = "ce_subject"
    /// `$id` of the schema.
    case dataSchema = "ce_dataschema"
    /// The record's key as text.
    case partitionKey = "ce_partitionkey"
    /// `application/json`.
    case contentType = "content-type"
    /// W3C trace context.
    case traceparent = "traceparent"
    /// Id of the event that led to this one.
    case causationID = "ce_causationid"
    /// Revision of the fact.
    case revision = "ce_revision"
    /// Epoch of the writer's store.
    case epoch = "ce_epoch"
    /// Key that the value is sealed with; absent: plain.
    case keyID = "ce_keyid"

    /// Its place in `allCases`.
    var place: Int {
        switch self {
        case .specificationVersion: 0
        case .id: 1
        case .source: 2
        case .type: 3
        case .time: 4
        case .subject: 5
        case .dataSchema: 6
        case .partitionKey: 7
        case .contentType: 8
        case .traceparent: 9
        case .causationID: 10
        case .revision: 11
        case .epoch: 12
        case .keyID: 13
        }
    }

    /// Whether every record has it.
    public var isRequired: Bool {
        switch self {
        case .traceparent, .causationID, .keyID: false
        case .specificationVersion, .id, .source, .type, .time, .subject, .dataSchema, .partitionKey, .contentType,
            .revision, .epoch:
            true
        }
    }
}
