import Cryptography
import Testing

struct SealingKeysTests {
    static let plain = Array("Telefon till mottagningen".utf8)
    static let place = Array("referrals/42".utf8)

    @Test(arguments: [0, 1, 16, 4_096])
    func `what was sealed opens`(count: Int) throws {
        let keys = try SealingKeys(newest: .random(id: "2026-11"))
        let plain = try SecureRandom.bytes(count)
        let sealed = try keys.seal(plain, associated: Self.place)
        #expect(sealed.count == 2 + "2026-11".utf8.count + 12 + count + 16)
        #expect(try keys.open(sealed, associated: Self.place) == plain)
    }

    @Test func `the same text sealed twice looks different`() throws {
        let keys = try SealingKeys(newest: .random(id: "a"))
        let first = try keys.seal(Self.plain, associated: [])
        let second = try keys.seal(Self.plain, associated: [])
        #expect(first != second)
    }

    @Test func `a change of any byte is refused`() throws {
        let keys = try SealingKeys(newest: .random(id: "a"), older: [.random(id: "b")])
        let sealed = try keys.seal(Self.plain, associated: Self.place)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x03
            #expect(throws: CryptographyFailure.self) { try keys.open(changed, associated: Self.place) }
        }
    }

    @Test func `a sealed value cut short or with more behind it is refused`() throws {
        let keys = try SealingKeys(newest: .random(id: "a"))
        let sealed = try keys.seal(Self.plain, associated: Self.place)
        for count in 0..<sealed.count {
            #expect(throws: CryptographyFailure.self) {
                try keys.open(Array(sealed.prefix(count)), associated: Self.place)
            }
        }
        #expect(throws: CryptographyFailure.notAuthentic) { try keys.open(sealed + [0], associated: Self.place) }
    }

    @Test func `a sealed value opens in its own place only`() throws {
        let keys = try SealingKeys(newest: .random(id: "a"))
        let sealed = try keys.seal(Self.plain, associated: Self.place)
        #expect(throws: CryptographyFailure.notAuthentic) {
            try keys.open(sealed, associated: Array("referrals/43".utf8))
        }
    }

    @Test func `a new key seals while the old one still opens`() throws {
        let old = try SealingKey.random(id: "2026-10")
        let sealedBefore = try SealingKeys(newest: old).seal(Self.plain, associated: Self.place)
        let keys = try SealingKeys(newest: .random(id: "2026-11"), older: [old])
        #expect(try keys.open(sealedBefore, associated: Self.place) == Self.plain)
        #expect(try SealingKeys.keyID(of: keys.seal([], associated: [])) == "2026-11")
    }

    @Test func `an unknown key is named`() throws {
        let sealed = try SealingKeys(newest: .random(id: "2026-10")).seal(Self.plain, associated: Self.place)
        let keys = try SealingKeys(newest: .random(id: "2026-11"))
        #expect(throws: CryptographyFailure.unknownKey(id: "2026-10")) {
            try keys.open(sealed, associated: Self.place)
        }
    }

    @Test func `another key under the same id is refused`() throws {
        let sealed = try SealingKeys(newest: .random(id: "a")).seal(Self.plain, associated: Self.place)
        let keys = try SealingKeys(newest: .random(id: "a"))
        #expect(throws: CryptographyFailure.notAuthentic) { try keys.open(sealed, associated: Self.place) }
    }
}
