import Foundation
import Runtime
import Support
import Testing

@testable import Configuration
@testable import Notifier

@Suite("The notifier's settings")
struct SettingsTests {
    static let secret = WebhookSignatureTests.secretText

    private func file(_ json: String, allowsPlain: Bool = false) throws -> RecipientsFile {
        let directory = try TemporaryDirectory()
        try json.write(toFile: directory.file("recipients.json"), atomically: true, encoding: .utf8)
        try "# newest first\n\(Self.secret)\n\(WebhookSignatureTests.other)\n".write(
            toFile: directory.file("secrets"), atomically: true, encoding: .utf8)
        return RecipientsFile(path: directory.file("recipients.json"), allowsPlain: allowsPlain)
    }

    @Test("name recipients with address and secrets, in place or in a file beside")
    func right() throws {
        let file = try file(
            """
            [{"recipient": "a", "url": "https://a.example/hook", "secret": "\(Self.secret)"},
             {"recipient": "b", "url": "https://b.example/hook", "secretFile": "secrets"}]
            """)
        #expect(file.faults.isEmpty)
        #expect(file.endpoints.mapValues(\.secrets.count) == ["a": 1, "b": 2])
        #expect(file.endpoints["a"]?.url == "https://a.example/hook")
    }

    @Test(
        "every fault of the whole file is named, no secret and no address",
        arguments: [
            #"{}"#, #"[1]"#, #"[{"url": "https://a.example", "secret": "S"}]"#,
            #"[{"recipient": "a", "url": "http://a.example", "secret": "S"}]"#,
            #"[{"recipient": "a", "url": "https://u:p@a.example", "secret": "S"}]"#,
            #"[{"recipient": "a", "url": "https://", "secret": "S"}]"#,
            #"[{"recipient": "a", "url": "https://a.example"}]"#,
            #"[{"recipient": "a", "url": "https://a.example", "secret": "whsec_AAAA"}]"#,
            #"[{"recipient": "a", "url": "https://a.example", "secret": "S", "secretFile": "secrets"}]"#,
            #"[{"recipient": "a", "url": "https://a.example", "secretFile": "missing"}]"#,
            #"[{"recipient": "a", "url": "https://a.example", "secret": "S", "sekret": "x"}]"#,
            #"[{"recipient": "a", "url": "https://a.example", "secret": "S"},"#
                + #" {"recipient": "a", "url": "https://a.example", "secret": "S"}]"#,
        ])
    func wrong(json: String) throws {
        let file = try file(json.replacing(#""S""#, with: "\"\(Self.secret)\""))
        #expect(file.faults.count == 1)
        #expect(file.faults.allSatisfy { !$0.contains("example") && !$0.contains("whsec_a2") })
    }

    @Test("plain addresses are for development only")
    func plain() throws {
        let json = #"[{"recipient": "a", "url": "http://127.0.0.1:1/hook", "secret": "\#(Self.secret)"}]"#
        #expect(try file(json).faults.count == 1)
        #expect(try file(json, allowsPlain: true).faults.isEmpty)
    }

    @Test("all faults come at once, and the schedule is a list of seconds")
    func reading() throws {
        let setting = Setting<RetrySchedule>.schedule
        #expect(setting.parse("0, 1,60") == RetrySchedule(waits: [.zero, .seconds(1), .seconds(60)]))
        for text in ["x", "1,,2", "-1", "1.5", "604801"] { #expect(setting.parse(text) == nil) }
        do {
            _ = try SettingsReader.read(["RECIPIENTS_FILE": "/nonexistent", "WEBHOOK_TIMEOUT_SECONDS": "0"]) {
                NotifierSettings(&$0)
            }
            Issue.record("accepted")
        } catch {
            let text = error.description
            for key in ["RECIPIENTS_FILE", "WEBHOOK_TIMEOUT_SECONDS", "TOKENS_FILE"] { #expect(text.contains(key)) }
        }
    }
}
