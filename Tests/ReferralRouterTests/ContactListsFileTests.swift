import Documents
import Events
import Foundation
import Support
import Testing

@testable import ReferralRouter

/// The file of contact lists and recipients.
@Suite("Contact lists file")
struct ContactListsFileTests {
    static let demoPath = Repository.root.appending(path: "compose/demo/contact-lists.json").path

    @Test("the demo's file holds the eight municipalities of the county, each with both functions, all synthetic")
    func demo() throws {
        let file = try ContactListsFile(path: Self.demoPath)
        #expect(file.isSynthetic)
        #expect(
            file.lists.map(\.municipality) == ["2303", "2305", "2309", "2313", "2321", "2326", "2361", "2380"])
        for municipality in file.lists.map(\.municipality) {
            let kinds = file.recipients.filter { $0.municipality == municipality }.map(\.kind)
            #expect(Set(kinds) == [.familyTherapist, .socialWorker])
        }
        #expect(file.lists.allSatisfy { !$0.entries.isEmpty && $0.sha256.count == 64 })
        // Numbers that are set aside for fiction.
        #expect(file.recipients.flatMap(\.staff).allSatisfy { $0.phone.hasPrefix("+469803192") })
    }

    /// The lines in which a file is refused, without its name.
    static func faults(_ text: String) -> [String] {
        do throws(FileFaults) {
            _ = try ContactListsFile(bytes: Array(text.utf8), path: "lists.json")
            return []
        } catch {
            return error.lines.map { line in
                #expect(line.hasPrefix("lists.json"))
                return String(line.dropFirst("lists.json".count))
            }
        }
    }

    static func file(entries: String = "", recipients: String, more: String = "") -> String {
        """
        {"synthetic": true, "municipalities": [{"municipality": "2380", "name": "Östersund", "version": "1",
        "entries": [\(entries)], "recipients": [\(recipients)]\(more)}]}
        """
    }

    static let inbox = #""staff": [], "channels": [{"kind": "inbox"}]"#

    @Test("every fault is told with its place, and no value is")
    func allFaults() throws {
        let text = Self.file(
            entries: """
                {"id": "a", "kind": "secret", "name": "n", "service": "s", "factors": ["secret"], "languages": [],
                 "howToReach": "h", "ages": {"fromMonths": 9, "toMonths": 3}},
                {"id": "a", "kind": "civil", "name": "n", "service": "s", "factors": [], "languages": []}
                """,
            recipients: """
                {"recipient": "x", "kind": "familyTherapist", \(Self.inbox), "absense": 1},
                {"recipient": "x", "kind": "secret", \(Self.inbox)},
                {"recipient": "y", "kind": "socialWorker", "staff": [], "channels": []}
                """, more: #", "signpostUrl": "http://secret.example""#)
        let faults = Self.faults(text)
        let places = faults.map { String($0.prefix { $0 != ":" }) }
        let municipality = "#/municipalities/0"
        #expect(
            places == [
                municipality + "/signpostUrl", municipality + "/entries/0/kind",
                municipality + "/entries/0/factors/0", municipality + "/entries/0/ages",
                municipality + "/entries/1/howToReach", municipality + "/recipients/0/absense",
                municipality + "/recipients/1/kind", municipality + "/recipients/2/channels",
            ])
        #expect(!faults.joined().contains("secret.example"))
    }

    @Test("a function's name is its own in the whole region, and a deputy is of the same kind")
    func deputies() throws {
        let absence = #""absence": {"from": "2026-12-21", "to": "2027-01-06", "deputy": "b"}"#
        let faults = Self.faults(
            Self.file(
                recipients: """
                    {"recipient": "a", "kind": "familyTherapist", \(Self.inbox), \(absence)},
                    {"recipient": "b", "kind": "socialWorker", \(Self.inbox)},
                    {"recipient": "b", "kind": "socialWorker", \(Self.inbox)}
                    """))
        #expect(faults.count == 2)
        #expect(faults.contains { $0.hasPrefix("#/municipalities/0/recipients/0/absence/deputy") })
        #expect(faults.contains { $0.hasPrefix("#/municipalities/0/recipients/2/recipient") })
    }

    @Test(
        "a webhook is https, http only on this machine",
        arguments: [
            ("https://a.example/hook", true), ("http://127.0.0.1:8790/hook", true), ("http://a.example/hook", false),
            ("secret", false),
        ])
    func webhooks(address: String, isRight: Bool) throws {
        let channel = #"{"kind": "webhook", "address": "\#(address)"}"#
        let faults = Self.faults(
            Self.file(
                recipients: #"{"recipient": "a", "kind": "familyTherapist", "staff": [], "channels": [\#(channel)]}"#))
        #expect(faults.isEmpty == isRight)
    }

    @Test("what is no JSON, no object or not there is refused", arguments: ["", "[]", "{", "null"])
    func noFile(text: String) throws {
        #expect(!Self.faults(text).isEmpty)
        #expect(throws: FileFaults.self) { try ContactListsFile(path: "/nowhere/lists.json") }
    }
}
