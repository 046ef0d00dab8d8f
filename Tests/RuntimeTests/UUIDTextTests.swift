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

    @Test("has hexadecimal digits and hyphens, each in its places, and no other byte anywhere")
    func everyByteAtEveryPlace() {
        let text = Array("01234567-89ab-cdef-0123-456789abcdef".utf8)
        let hyphen = UInt8(ascii: "-")
        for place in text.indices {
            for byte in UInt8.min...UInt8.max {
                var other = text
                other[place] = byte
                let isDigit = byte < 0x80 && Character(Unicode.Scalar(byte)).isHexDigit
                let isGood = text[place] == hyphen ? byte == hyphen : isDigit
                let uuid = other.withUnsafeBufferPointer(UUID.init(utf8:))
                #expect((uuid != nil) == isGood, "byte \(byte) at \(place)")
                if let uuid {
                    #expect(Array(uuid.text.utf8) == Array(String(decoding: other, as: UTF8.self).lowercased().utf8))
                }
            }
        }
    }

    @Test("is appended to bytes as it is written")
    func appended() {
        let uuid = UUID()
        var bytes = Array("a".utf8)
        uuid.writeText(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "a" + uuid.text)
    }
}
