public import Events
public import Store

/// A record as a handler sees it: its envelope and the bytes of its value.
public struct ReceivedEvent: Sendable {
    /// The CloudEvents attributes.
    public let envelope: Envelope
    /// The topic it came on.
    public let topic: Topic
    /// JSON.
    public let value: [UInt8]
    /// The child, on topics whose key is a child.
    public let child: ChildID?

    /// A received event; tests make them from fixtures.
    public init(envelope: Envelope, topic: Topic, value: [UInt8], child: ChildID?) {
        self.envelope = envelope
        self.topic = topic
        self.value = value
        self.child = child
    }

    /// The value as an event of the type that the caller found in the envelope.
    /// - Throws: `EventFault` when the value isn't what the schema says, or disagrees with the envelope.
    public func decoded<Body: EventBody>(as body: Body.Type = Body.self) throws(EventFault) -> Event<Body> {
        try EventCodec.decode(Event<Body>.self, from: value, under: envelope)
    }
}

/// What a service does with a record, cut so that the decision is a pure function.
///
/// Delivery calls the four in order, in one savepoint: `decode`, `read` (what the decision needs to know), `decide`,
/// then `apply` for each change and the outbox for each saying. Nothing but `read` and `apply` touches the store;
/// nothing looks at a clock. The same records in the same order lead to the same store.
///
/// None of the four has an effect outside the transaction, and none remembers the record: a batch is undone and applied
/// again when one of its records has to be parked, when the disk is full, and after a death.
public protocol RecordHandler: Sendable {
    /// A decoded record of a type that means something here.
    associatedtype Input: Sendable
    /// What the store knew before.
    associatedtype Known: Sendable
    /// One change of the service's own tables.
    associatedtype Change: Sendable

    /// Whether a record waits only behind parked ones of its key that its writer recorded before it or with it, and
    /// goes on when those have; one without a readable envelope is refused at once, and those that come then wait
    /// behind it. A store made anew reads what a topic has left, and then the whole journal that the writer published
    /// again: without this everything of a child would wait behind a late record that can't be applied. Only for a
    /// handler that comes to the same in any order of a key's records. False unless a handler says otherwise.
    static var letsOlderRecordsGoOn: Bool { get }

    /// Reads the value. Nil for a type that the catalogue lets this service read but that changes nothing here.
    /// - Throws: when the value isn't what its schema says; the record is then parked.
    func decode(_ event: ReceivedEvent) throws -> Input?
    /// Looks up what `decide` needs to know.
    func read(for input: Input, of event: ReceivedEvent, from store: ReadScope) throws -> Known
    /// Decides, from its arguments alone.
    /// - Throws: when a saying can't be encoded; the record is then parked.
    func decide(_ input: Input, of event: ReceivedEvent, knowing known: Known) throws -> Decision<Change>
    /// Writes one change.
    func apply(_ change: Change, of event: ReceivedEvent, in transaction: Transaction) throws
}

extension RecordHandler {
    /// Whoever comes later waits, whenever it was recorded.
    public static var letsOlderRecordsGoOn: Bool { false }
}

/// What follows from a record.
public enum Decision<Change: Sendable>: Sendable {
    /// Changes to write and events to say, both possibly none. `releases` names subjects for which parked records wait.
    case done(changes: [Change] = [], says: [Saying] = [], releases: [AwaitedSubject] = [])
    /// The record can't be applied, and never can without a person: parked with the reason, a constant code.
    case refuse(reason: String)
    /// The record is right but came before what it builds on: parked until somebody releases the subject.
    case tooEarly(awaiting: AwaitedSubject)
    /// Something outside is missing for a while: the whole batch is undone and tried again after a pause.
    case tryLater(reason: String)
}

/// What an early record waits for, as "instrument:PLACEHOLDER:1". Never about a person.
public struct AwaitedSubject: Sendable, Hashable, CustomStringConvertible {
    /// The subject's name.
    public let description: String
    /// Names a subject.
    public init(_ name: String) { description = name }
}
