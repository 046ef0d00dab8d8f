import Cryptography
import HTTPServer
import Testing

@Suite("A token file")
struct TokenDirectoryTests {
    static let hash = String(repeating: "a1", count: 32)

    @Test("gives the caller of a token by its hash, with role and scope")
    func caller() throws {
        let hash = SHA256.hash(Array("secret".utf8)).hexText
        let json = #"""
            [{"name": "ehr", "role": "ehr", "sha256": "\#(hash)", "careProvider": "P", "units": ["U1", "U2"]},
             {"name": "town", "role": "familyTherapist", "certificateSubject": "CN=town", "municipalities": ["2380"]}]
            """#
        let directory = try TokenDirectory(json: Array(json.utf8))
        #expect(directory.count == 2)
        let caller = try #require(directory.caller(token: "secret"))
        #expect(caller.name == "ehr")
        #expect(caller.mayActFor(unit: "U2"))
        #expect(!caller.mayActFor(unit: "U3"))
        #expect(!caller.mayActFor(municipality: "2380"))
        #expect(caller.mayActFor(careProvider: "P"))
        #expect(!caller.mayActFor(careProvider: "Q"))
        #expect(directory.caller(token: "Secret") == nil)
        #expect(directory.caller(token: hash) == nil)
        #expect(directory.caller(certificateSubject: "CN=town")?.role == .familyTherapist)
    }

    @Test("is refused whole, with every fault named and no hash repeated")
    func faults() throws {
        let json = #"""
            [{"name": "a", "role": "nurse", "sha256": "\#(Self.hash)"},
             {"name": "a", "role": "nurse", "sha256": "\#(Self.hash)"},
             {"role": "surgeon", "sha256": "abc"},
             {"name": "b", "role": "nurse", "unit": ["U1"]},
             {"name": "c", "role": "nurse", "sha256": "\#(Self.hash)", "certificateSubject": "CN=c"},
             {"name": "d", "role": "nurse", "certificateSubject": "CN=d", "units": "U1", "wholeRegion": "yes"},
             7]
            """#
        let faults = try #require(throws: TokenDirectory.Faults.self) { try TokenDirectory(json: Array(json.utf8)) }
        for place in 2...7 { #expect(faults.lines.contains { $0.hasPrefix("entry \(place) ") }, "entry \(place)") }
        #expect(faults.lines.filter { $0.hasPrefix("entry 3 ") }.count == 3)
        #expect(faults.lines.filter { $0.hasPrefix("entry 6 ") }.count == 2)
        #expect(!faults.description.contains(Self.hash))
    }

    @Test("is refused when two entries have the same hash")
    func sameHash() throws {
        let json = #"""
            [{"name": "a", "role": "nurse", "sha256": "\#(Self.hash)"},
             {"name": "b", "role": "nurse", "sha256": "\#(Self.hash)"}]
            """#
        let faults = try #require(throws: TokenDirectory.Faults.self) { try TokenDirectory(json: Array(json.utf8)) }
        #expect(faults.lines == ["entry 2 has the sha256 of an earlier entry"])
    }

    @Test("is refused when it is not a JSON array", arguments: ["", "{}", "[", "null"])
    func notAnArray(_ json: String) {
        #expect(throws: TokenDirectory.Faults.self) { try TokenDirectory(json: Array(json.utf8)) }
    }
}
