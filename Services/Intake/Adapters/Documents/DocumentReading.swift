internal import FHIR
internal import HTTPServer

/// One strict reading of a JSON document of our own: unknown members and wrong types are faults, and all are found in
/// one pass, each with its place.
///
/// No fault repeats a value, nor the name of a member that nobody knows: either may be somebody's name.
final class DocumentReading {
    /// More faults than these help nobody.
    private static let faultsMax = 20

    private(set) var faults: [Problem.Fault] = []

    /// A fault at a JSON pointer.
    func fault(_ rule: String, at pointer: String) {
        if faults.count < Self.faultsMax { faults.append(Problem.Fault(rule, at: pointer)) }
    }

    /// Reads the body of a request.
    /// - Throws: 400 with every fault.
    static func body<Document>(
        _ bytes: [UInt8], _ read: (inout Members) -> Document?
    ) throws(Problem) -> (document: Document, json: JSONValue) {
        let json: JSONValue
        do throws(FHIRRefusal) {
            json = try JSONValue(bytes)
        } catch {
            let detail = error.issues.first?.diagnostics ?? "The body isn't JSON."
            throw Problem(
                status: error.httpStatus, detail: "The body can't be read.", errors: [Problem.Fault(detail, at: "#")])
        }
        let reading = DocumentReading()
        let document = reading.read(json, read)
        guard reading.faults.isEmpty, let document else {
            throw .badRequest("The body isn't the document that is taken here.", errors: reading.faults)
        }
        return (document, json)
    }

    /// Reads a value that has to be an object.
    func read<Document>(_ json: JSONValue, at pointer: String = "#", _ read: (inout Members) -> Document?) -> Document?
    {
        guard case .object(let given) = json else {
            fault("an object is expected", at: pointer)
            return nil
        }
        var members = Members(given, at: pointer, in: self)
        let document = read(&members)
        members.end()
        return document
    }
}

/// The members of one object while it is read: each is taken by its name, and those that nobody took are faults.
struct Members {
    let reading: DocumentReading
    let pointer: String
    private let given: [JSONValue.Member]
    private var taken: Set<String> = []

    init(_ given: [JSONValue.Member], at pointer: String, in reading: DocumentReading) {
        self.given = given
        self.pointer = pointer
        self.reading = reading
    }

    /// The value of a member that must be there; nil after noting the fault.
    mutating func required<Value>(_ name: String, _ rule: MemberRule<Value>) -> Value? {
        guard let value = take(name) else {
            fault("is required", at: name)
            return nil
        }
        return parse(value, rule, name)
    }

    /// The value of a member that may be absent.
    mutating func optional<Value>(_ name: String, _ rule: MemberRule<Value>) -> Value? {
        take(name).flatMap { parse($0, rule, name) }
    }

    /// An object, read by `read`; nil when absent or faulty.
    mutating func object<Value>(_ name: String, _ read: (inout Members) -> Value?) -> Value? {
        guard let value = take(name) else { return nil }
        return reading.read(value, at: "\(pointer)/\(name)", read)
    }

    /// Values of one kind; none when absent.
    mutating func list<Value>(_ name: String, countMax: Int, _ rule: MemberRule<Value>) -> [Value] {
        elements(name, countMax: countMax).enumerated().compactMap { parse($1, rule, "\(name)/\($0)") }
    }

    /// Objects, each read by `read`; none when absent.
    mutating func objects<Value>(
        _ name: String, countMax: Int, _ read: (inout Members) -> Value?
    ) -> [Value] {
        elements(name, countMax: countMax).enumerated().compactMap { index, value in
            reading.read(value, at: "\(pointer)/\(name)/\(index)", read)
        }
    }

    /// A member as it is, for a reader of its own.
    mutating func json(_ name: String) -> JSONValue? {
        guard let value = take(name) else {
            fault("is required", at: name)
            return nil
        }
        return value
    }

    /// Whether the object has the member.
    func has(_ name: String) -> Bool { given.contains { $0.name == name } }

    /// A fault at a member, or at the object itself.
    func fault(_ rule: String, at name: String? = nil) {
        reading.fault(rule, at: name.map { "\(pointer)/\($0)" } ?? pointer)
    }

    fileprivate func end() {
        for (index, member) in given.enumerated() where !taken.contains(member.name) {
            fault("member \(index + 1) of this object isn't known here")
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
