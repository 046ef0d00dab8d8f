import Cryptography
import Testing

struct SealingKeyFileTests {
    static let digits = String(repeating: "0f", count: 32)
    static let otherDigits = String(repeating: "a1", count: 32)

    @Test func `the first key of a file is the newest`() throws {
        let keys = try SealingKeys(text: "# keys\n\n2026-11:\(Self.digits)\r\n2026-10:\(Self.otherDigits)\n")
        #expect(keys.newest.id == "2026-11")
        let older = try SealingKeys(text: "2026-10:\(Self.otherDigits)")
        #expect(try keys.open(older.seal([7], associated: []), associated: []) == [7])
    }

    @Test func `a fault in a file names its line and rule`() {
        let faults: [(text: String, line: Int, fault: CryptographyFailure.KeyFault)] = [
            ("", 1, .missing),
            ("# nothing\n", 1, .missing),
            ("a:\(Self.digits)\nb", 2, .syntax),
            ("a:\(Self.digits.uppercased())", 1, .syntax),
            ("a:\(Self.digits.dropLast(2))", 1, .length),
            (":\(Self.digits)", 1, .id),
            ("å:\(Self.digits)", 1, .id),
            ("\(String(repeating: "a", count: 33)):\(Self.digits)", 1, .id),
            ("a:\(Self.digits)\n\na:\(Self.otherDigits)", 3, .repeatedID),
        ]
        for expected in faults {
            #expect(throws: CryptographyFailure.unusableKey(line: expected.line, expected.fault)) {
                try SealingKeys(text: expected.text)
            }
        }
    }

    @Test func `no text made of a key or a ring shows the key`() throws {
        let keys = try SealingKeys(text: "2026-11:\(Self.digits)\n2026-10:\(Self.otherDigits)")
        var dumped = ""
        dump(keys, to: &dumped)
        for text in ["\(keys)", "\(keys.newest)", String(reflecting: keys), dumped] {
            #expect(!text.contains(Self.digits) && !text.contains("15, 15") && !text.contains("161"))
        }
    }

    @Test func `every failure tells the operator something`() {
        let failures: [CryptographyFailure] = [
            .randomUnavailable, .notSealed, .unknownKey(id: "a"), .notAuthentic, .tooLarge(bytesMax: 1),
            .unusableKey(line: 1, .syntax), .unusableKey(line: 1, .id), .unusableKey(line: 1, .length),
            .unusableKey(line: 1, .repeatedID), .unusableKey(line: 1, .missing),
        ]
        #expect(Set(failures.map(\.hint)).count == failures.count)
    }
}
