import Foundation
import Runtime
import Support
import Testing

@Suite("Text of a UUID")
struct UUIDTextTests {
    @Test("is what Foundation writes, in lower case, and reads back in either case")
    func asFoundation() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<1_000 {
            let uuid = UUID(high: random.next(), low: random.next(), version: UInt8(random.next() % 16))
            #expect(uuid.text == uuid.uuidString.lowercased())
            #expect(UUID(text: uuid.text) == uuid)
            #expect(UUID(text: uuid.uuidString) == uuid)
        }
    }

    @Test(
        "is nothing else, though Foundation takes signs and spaces for digits",
        arguments: [
            "", "0", "00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000",
            "00000000_0000-0000-0000-000000000000", "0000000-00000-0000-0000-000000000000",
            "0000000g-0000-0000-0000-000000000000", "00000000-0000-0000-0000-0000000000é0",
            "{0000000-0000-0000-0000-000000000000}",
            "+0000000-0000-0000-0000-000000000000", " 0000000-0000-0000-0000-000000000000",
        ])
    func refusals(_ text: String) {
        #expect(UUID(text: text) == nil)
    }
}
