import Testing

@testable import Cryptography

/// Test cases 13 and 16 of the paper that NIST SP 800-38D took over (McGrew and Viega, appendix B).
struct AES256GCMTests {
    static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    static let plain = """
        d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72\
        1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
        """
    static let encrypted = """
        522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa\
        8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
        """
    static let associated = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
    static let nonce = "cafebabefacedbaddecaf888"
    static let tag = "76fc6ece0f4e1768cddf8853bb2d551b"

    @Test func `encrypts as the published example`() throws {
        let associated = try bytes(Self.associated)
        let (encrypted, tag) = AES256GCM.encrypt(
            try bytes(Self.plain), key: try bytes(Self.key), nonce: try bytes(Self.nonce),
            associated: [Array(associated.prefix(7)), Array(associated.dropFirst(7))])
        #expect(encrypted.hexText == Self.encrypted)
        #expect(tag.hexText == Self.tag)
    }

    @Test func `decrypts the published example`() throws {
        let plain = AES256GCM.decrypt(
            try bytes(Self.encrypted), tag: try bytes(Self.tag), key: try bytes(Self.key),
            nonce: try bytes(Self.nonce), associated: [try bytes(Self.associated)])
        #expect(plain?.hexText == Self.plain)
    }

    @Test func `nothing encrypts to a tag alone`() {
        let (encrypted, tag) = AES256GCM.encrypt(
            [], key: [UInt8](repeating: 0, count: 32), nonce: [UInt8](repeating: 0, count: 12), associated: [])
        #expect(encrypted == [])
        #expect(tag.hexText == "530f8afbc74536b9a963b4f1c4cb738b")
    }

    private func bytes(_ hexText: String) throws -> [UInt8] {
        try #require([UInt8](hexText: hexText))
    }
}
