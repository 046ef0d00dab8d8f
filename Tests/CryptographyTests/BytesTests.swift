import Cryptography
import Testing

struct BytesTests {
    @Test func `hexadecimal text is lower case and reads back`() {
        let bytes: [UInt8] = Array(0...255)
        #expect(bytes.hexText.hasPrefix("000102030405060708090a0b0c0d0e0f10"))
        #expect([UInt8](hexText: bytes.hexText) == bytes)
        #expect([UInt8](hexText: "") == [])
    }

    @Test(arguments: ["0", "0g", "AB", "0x", " 00", "0\u{660}"])
    func `other text is not hexadecimal`(text: String) {
        #expect([UInt8](hexText: text) == nil)
    }

    @Test func `equal secrets are equal, others are not`() {
        #expect(constantTimeEquals([1, 2, 3], [1, 2, 3]))
        #expect(constantTimeEquals([], []))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEquals([1, 2, 3], [1, 2]))
    }

    @Test func `random bytes come in the count asked for and don't repeat`() throws {
        #expect(try SecureRandom.bytes(0) == [])
        let drawn = try (0..<1_000).map { _ in try SecureRandom.bytes(16) }
        #expect(drawn.allSatisfy { $0.count == 16 })
        #expect(Set(drawn).count == 1_000)
    }
}
