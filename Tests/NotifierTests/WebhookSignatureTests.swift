import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Notifier

@Suite("Webhooks are signed as Standard Webhooks 1.0.0 says")
struct WebhookSignatureTests {
    /// Made with the reference library of Standard Webhooks.
    static let secretText = "whsec_a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    static let time = Timestamp(milliseconds: 1_700_000_000_999)

    @Test("the reference library's vector")
    func vector() throws {
        let secret = try #require(WebhookSecret(Self.secretText))
        let signature = WebhookSignature(
            id: "msg_1", at: Self.time, body: Array(#"{"a":1}"#.utf8), secrets: [secret])
        #expect(signature.timestamp == "1700000000")
        #expect(signature.signature == "v1,tDnYFrCIK4MQWDoOot4FXQ7/xKQ3Ta7J5hEfw60KmoA=")
    }

    @Test("while a secret is changed both sign")
    func rotation() throws {
        let secrets = try [Self.secretText, Self.other].map { try #require(WebhookSecret($0)) }
        let both = WebhookSignature(id: "msg_1", at: Self.time, body: [], secrets: secrets).signature
        let each = secrets.map { WebhookSignature(id: "msg_1", at: Self.time, body: [], secrets: [$0]).signature }
        #expect(both == each.joined(separator: " "))
    }

    @Test(
        "a secret has its prefix and 24 to 64 bytes",
        arguments: ["", "whsec_", "whsec_AAAA", "whsec_å", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="])
    func noSecret(text: String) {
        #expect(WebhookSecret(text) == nil)
    }

    @Test("a secret is never printed")
    func unprinted() throws {
        let secret = try #require(WebhookSecret(Self.secretText))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] { #expect(!text.contains("107")) }
    }

    static let other = "whsec_" + Data(repeating: 9, count: 24).base64EncodedString()

    /// A request as it leaves, recorded for receivers written by others (`compose/webhooks`).
    struct Sample: Codable, Equatable {
        let secrets: [String]
        let id: String
        let timestamp: String
        let signature: String
        let body: String
    }

    static func samples() throws -> [Sample] {
        let story = Story(7)
        let times = [("requested", [secretText]), ("recalled", [other]), ("requested", [secretText, other])]
        return try times.map { name, secrets in
            let notice = try #require(Notice(rawValue: name))
            let dossier = Dossier(
                request: Dossier.Request(
                    referral: story.referral, consent: story.consent, recipient: story.recipient,
                    requestedAt: Story.start), standing: .recalled(at: Story.start + .seconds(60)))
            let body = try NoticeBody(
                notice, of: dossier, referenceNumber: "JH-4T7K-92", unitPhone: "+46 63 00 00 00"
            ).bytes()
            let signature = WebhookSignature(
                id: notice.delivery(of: story.referral).text, at: time, body: body,
                secrets: secrets.compactMap { WebhookSecret($0) })
            return Sample(
                secrets: secrets, id: signature.id, timestamp: signature.timestamp, signature: signature.signature,
                body: String(decoding: body, as: UTF8.self))
        }
    }

    @Test("the recorded requests are still what is sent")
    func recorded() throws {
        let url = Repository.root.appending(path: "Tests/NotifierTests/Fixtures/signed-webhooks.json")
        if ProcessInfo.processInfo.environment["RECORD_WEBHOOKS"] != nil {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try (encoder.encode(try Self.samples()) + Data("\n".utf8)).write(to: url)
        }
        let recorded = try JSONDecoder().decode([Sample].self, from: Data(contentsOf: url))
        #expect(recorded == (try Self.samples()))
    }
}
