import Cryptography
import Testing

struct HMACSHA256Tests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let key: [UInt8]
        let bytes: [UInt8]
        let code: String

        var testDescription: String { "key of \(key.count) bytes, \(bytes.count) bytes" }
    }

    /// RFC 4231, test cases 1, 2, 3, 4, 6 and 7 (5 is about cutting a code short, which is not offered).
    static let vectors = [
        Vector(
            key: [UInt8](repeating: 0x0b, count: 20), bytes: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            key: Array("Jefe".utf8), bytes: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            key: [UInt8](repeating: 0xaa, count: 20), bytes: [UInt8](repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            key: Array(1...25), bytes: [UInt8](repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Vector(
            key: [UInt8](repeating: 0xaa, count: 131),
            bytes: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            key: [UInt8](repeating: 0xaa, count: 131),
            bytes: Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. \
                The key needs to be hashed before being used by the HMAC algorithm.
                """.utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test(arguments: vectors)
    func `gives RFC 4231's codes`(vector: Vector) {
        #expect(HMACSHA256.authenticate(vector.bytes, key: vector.key).hexText == vector.code)
    }

    @Test(arguments: vectors)
    func `parts are authenticated as what they make together`(vector: Vector) {
        let parts = [Array(vector.bytes.prefix(5)), [], Array(vector.bytes.dropFirst(5))]
        #expect(HMACSHA256.authenticate(parts: parts, key: vector.key).hexText == vector.code)
    }

    /// The code of nothing under the empty key, as `openssl dgst -sha256 -mac hmac -macopt hexkey:` gives it too.
    @Test func `an empty key is a key`() {
        let code = HMACSHA256.authenticate([], key: [])
        #expect(code.hexText == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test func `a code is valid for its bytes and key only`() {
        let key: [UInt8] = Array(0..<32)
        let bytes = Array("message".utf8)
        let code = HMACSHA256.authenticate(bytes, key: key)
        #expect(HMACSHA256.isValid(code, for: bytes, key: key))
        #expect(!HMACSHA256.isValid(code, for: bytes + [0], key: key))
        #expect(!HMACSHA256.isValid(code, for: bytes, key: key.reversed()))
        #expect(!HMACSHA256.isValid(Array(code.dropLast()), for: bytes, key: key))
    }
}
