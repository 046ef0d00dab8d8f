import Foundation
import Support
import Testing

@testable import Events

/// The types that read themselves against Swift's own decoding of them.
@Suite("A type that reads itself")
struct OwnReadingTests {
    /// What takes the place of a member: nothing, and one value of every JSON type.
    private static let changes: [JSONValue?] = [nil, .null, "secret", 7, -1, true, [], [.null], [7], ["a"], [:]]

    @Test("finds the same fault as Codable in every place of an event of every type", arguments: EventType.facts)
    func sameFaults(_ type: EventType) throws {
        func check<Body: EventBody>(_ body: Body.Type) throws {
            let generator = EventGenerator(seed: 7)
            var faults: Set<String> = []
            for _ in 0..<6 {
                let event = try generator.event(body)
                let value = try JSONDecoder().decode(JSONValue.self, from: Data(EventCodec.encode(event)))
                for change in Self.changes {
                    for changed in variants(of: value, by: change) {
                        let bytes = Array(try JSONEncoder().encode(changed))
                        let ours = Result { try EventCodec.decode(Event<Body>.self, from: bytes) }
                        let theirs = Result { try byCodable(Event<Body>.self, bytes) }
                        #expect(fault(ours) == fault(theirs), "\(type.name): \(String(decoding: bytes, as: UTF8.self))")
                        if let fault = fault(ours) { faults.insert(fault.description) }
                    }
                }
            }
            #expect(faults.count > 10)
        }
        let body = try #require(type.body)
        try check(body)
    }

    private func byCodable<Body>(_ type: Event<Body>.Type, _ bytes: [UInt8]) throws -> Event<Body> {
        let event: Event<Body>
        do {
            event = try EventDecoder.decode(type, from: bytes)
        } catch let error as DecodingError {
            throw EventFault(error)
        }
        if let fault = event.body.fault(under: event.common) { throw fault }
        return event
    }

    private func fault<Value>(_ result: Result<Value, any Error>) -> EventFault? {
        guard case .failure(let error) = result else { return nil }
        return error as? EventFault ?? EventFault(member: "another error", kind: .notJSON)
    }

    /// The value with one place changed, for every place in it.
    private func variants(of value: JSONValue, by change: JSONValue?) -> [JSONValue] {
        var variants: [JSONValue] = []
        for (name, member) in value.members {
            var changed = value.members
            changed[name] = change
            variants.append(.object(changed))
            for inner in self.variants(of: member, by: change) {
                changed[name] = inner
                variants.append(.object(changed))
            }
        }
        for (index, element) in value.elements.enumerated() {
            var changed = value.elements
            if let change { changed[index] = change } else { changed.remove(at: index) }
            variants.append(.array(changed))
            changed = value.elements
            for inner in self.variants(of: element, by: change) {
                changed[index] = inner
                variants.append(.array(changed))
            }
        }
        return variants
    }
}
