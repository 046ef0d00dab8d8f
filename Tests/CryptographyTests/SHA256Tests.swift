import Testing

@testable import Cryptography

struct SHA256Tests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let text: String
        let hash: String

        var testDescription: String { "\(text.utf8.count) bytes" }
    }

    /// FIPS 180-4's examples, as NIST publishes them.
    static let vectors = [
        Vector(text: "", hash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        Vector(text: "abc", hash: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Vector(
            text: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            hash: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        Vector(
            text: String(repeating: "a", count: 1_000_000),
            hash: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test(arguments: vectors)
    func `gives NIST's hashes in one call`(vector: Vector) {
        #expect(SHA256.hash(Array(vector.text.utf8)).hexText == vector.hash)
    }

    @Test(arguments: vectors)
    func `gives the same hash piece by piece`(vector: Vector) {
        let bytes = Array(vector.text.utf8)
        var hasher = SHA256.Hasher()
        for start in stride(from: 0, to: bytes.count, by: 1_021) {
            hasher.update(Array(bytes[start..<min(start + 1_021, bytes.count)]))
        }
        #expect(hasher.finish().hexText == vector.hash)
    }

    @Test func `parts hash as what they make together`() {
        let parts = ["abcdbcdecdef", "", "defgefghfghighijhijkijkljklmklmnlmnomnopnopq"].map { Array($0.utf8) }
        #expect(SHA256.hash(parts: parts).hexText == Self.vectors[2].hash)
        #expect(SHA256.hash(parts: []) == SHA256.hash([]))
    }

    @Test func `slices are hashed where they lie`() {
        let bytes = Array("xxabcyy".utf8)
        #expect(SHA256.hash(bytes[2..<5].span.bytes).hexText == Self.vectors[1].hash)
    }

    @Test func `many threads hash at once`() async {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<2_000).allSatisfy { _ in SHA256.hash(Array("abc".utf8)).hexText == Self.vectors[1].hash }
                }
            }
            for await allRight in group { #expect(allRight) }
        }
    }
}
