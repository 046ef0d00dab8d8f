public import FHIR

/// The members of one object while it is read: each is taken by its name, and those that nobody took are faults.
public struct Members {
    /// Where faults are gathered.
    public let reading: DocumentReading
    /// The object's place, as `#/items/3`.
    public let pointer: String
    private let given: [JSONValue.Member]
    private var taken: Set<String> = []

    init(_ given: [JSONValue.Member], at pointer: String, in reading: DocumentReading) {
        self.given = given
        self.pointer = pointer
        self.reading = reading
    }

    /// The value of a member that must be there; nil after noting the fault.
    public mutating func required<Value>(_ name: String, _ rule: MemberRule<Value>) -> Value? {
        guard let value = take(name) else {
            fault("is required", at: name)
            return nil
        }
        return parse(value, rule, name)
    }

    /// The value of a member that may be absent.
    public mutating func optional<Value>(_ name: String, _ rule: MemberRule<Value>) -> Value? {
        take(name).flatMap { parse($0, rule, name) }
    }

    /// An object, read by `read`; nil when absent or faulty.
    public mutating func object<Value>(_ name: String, _ read: (inout Members) -> Value?) -> Value? {
        guard let value = take(name) else { return nil }
        return reading.read(value, at: "\(pointer)/\(name)", read)
    }

    /// Values of one kind; none when absent. `standIn` takes the place of a faulty one, so that the others keep theirs;
    /// without it a faulty one is left out.
    public mutating func list<Value>(
        _ name: String, countMax: Int, standIn: Value? = nil, _ rule: MemberRule<Value>
    ) -> [Value] {
        elements(name, countMax: countMax).enumerated().compactMap { parse($1, rule, "\(name)/\($0)") ?? standIn }
    }

    /// Objects, each read by `read`; none when absent. `standIn` as in `list`.
    public mutating func objects<Value>(
        _ name: String, countMax: Int, standIn: Value? = nil, _ read: (inout Members) -> Value?
    ) -> [Value] {
        elements(name, countMax: countMax).enumerated().compactMap { index, value in
            reading.read(value, at: "\(pointer)/\(name)/\(index)", read) ?? standIn
        }
    }

    /// A member as it is, for a reader of its own.
    public mutating func json(_ name: String) -> JSONValue? {
        guard let value = take(name) else {
            fault("is required", at: name)
            return nil
        }
        return value
    }

    /// The names of all members, in their order.
    public var names: [String] { given.map(\.name) }

    /// Whether the object has the member.
    public func has(_ name: String) -> Bool { given.contains { $0.name == name } }

    /// A fault at a member, or at the object itself.
    public func fault(_ rule: String, at name: String? = nil) {
        reading.fault(rule, at: name.map { "\(pointer)/\($0)" } ?? pointer)
    }

    func end() {
        for (index, member) in given.enumerated() where !taken.contains(member.name) {
            if reading.namesUnknownMembers {
                fault("isn't a member of this object", at: member.name.shownPointerToken)
            } else {
                fault("member \(index + 1) of this object isn't known here")
            }
        }
    }

    private mutating func take(_ name: String) -> JSONValue? {
        taken.insert(name)
        return given.first { $0.name == name }?.value
    }

    private func parse<Value>(_ json: JSONValue, _ rule: MemberRule<Value>, _ name: String) -> Value? {
        guard let value = rule.parse(json) else {
            fault("must be \(rule.text)", at: name)
            return nil
        }
        return value
    }

    private mutating func elements(_ name: String, countMax: Int) -> [JSONValue] {
        guard let value = take(name) else { return [] }
        guard case .array(let elements) = value, elements.count <= countMax else {
            fault("must be an array of at most \(countMax) elements", at: name)
            return []
        }
        return elements
    }
}
