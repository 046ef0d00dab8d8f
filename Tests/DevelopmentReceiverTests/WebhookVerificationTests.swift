import Runtime
import Testing

@testable import DevelopmentReceiver

struct WebhookVerificationTests {
    /// Made with the reference library of Standard Webhooks.
    static let secretText = "whsec_a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
    static let body = Array(#"{"a":1}"#.utf8)
    static let signature = "v1,tDnYFrCIK4MQWDoOot4FXQ7/xKQ3Ta7J5hEfw60KmoA="
    static let signedAt = Timestamp(milliseconds: 1_700_000_000_000)
    /// 24 bytes of zero.
    static let otherSecretText = "whsec_" + String(repeating: "A", count: 32)

    private func fault(
        id: String = "msg_1", timestamp: String = "1700000000", signatures: String = signature,
        body: [UInt8] = body, now: Timestamp = signedAt, secrets: [String] = [secretText]
    ) throws -> WebhookVerification.Fault? {
        let secrets = try secrets.map { try #require(WebhookSecret(text: $0)) }
        do throws(WebhookVerification.Fault) {
            try WebhookVerification(secrets: secrets).check(
                WebhookHeaders(id: id, timestamp: timestamp, signatures: signatures), body: body, now: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func `the reference library's signature fits`() throws {
        #expect(try fault() == nil)
    }

    @Test func `clocks may be five minutes apart and no more`() throws {
        for seconds in [-300, -299, 0, 299, 300] {
            #expect(try fault(now: Self.signedAt + .seconds(seconds)) == nil)
        }
        for seconds in [-301, 301, 86_400] {
            #expect(try fault(now: Self.signedAt + .seconds(seconds)) == .tooOldOrNew)
        }
    }

    @Test func `a change of anything signed is refused`() throws {
        #expect(try fault(id: "msg_2") == .signature)
        #expect(try fault(timestamp: "1700000001") == .signature)
        #expect(try fault(body: Array(#"{"a":2}"#.utf8)) == .signature)
        #expect(try fault(secrets: [Self.otherSecretText]) == .signature)
        #expect(try fault(secrets: []) == .signature)
    }

    @Test func `one of several signatures or secrets is enough`() throws {
        let foreign = "v1," + String(repeating: "A", count: 43) + "="
        #expect(try fault(signatures: "v1a,AAAA \(foreign) \(Self.signature)") == nil)
        #expect(try fault(secrets: [Self.otherSecretText, Self.secretText]) == nil)
    }

    @Test(arguments: ["", "v1,", "v1", "v2,tDnYFrCIK4MQWDoOot4FXQ7/xKQ3Ta7J5hEfw60KmoA=", "v1,not base64"])
    func `what isn't a v1 signature doesn't fit`(signatures: String) throws {
        #expect(try fault(signatures: signatures) == .signature)
    }

    @Test(arguments: ["", "1700000000000", "1700000000.0", "-1", "now", "99999999999999999999"])
    func `a timestamp is whole seconds`(timestamp: String) throws {
        #expect(try fault(timestamp: timestamp) == .timestamp)
    }

    @Test(arguments: ["", "msg.1", "msg 1", String(repeating: "m", count: 129)])
    func `an id has no dots and an end`(id: String) throws {
        #expect(try fault(id: id) == .id)
    }

    @Test(arguments: ["", "whsec_", "whsec_AAAA", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=", "whsec_å"])
    func `a secret has its prefix and its length`(text: String) {
        #expect(WebhookSecret(text: text) == nil)
    }

    @Test func `a file of secrets may hold two for one municipality`() throws {
        let text = "# development\n2380 \(Self.secretText)\r\n\n2380 \(Self.otherSecretText)\n2321 \(Self.secretText)\n"
        #expect(try ReceiverSecrets(text: text).byMunicipality.mapValues(\.count) == ["2380": 2, "2321": 1])
        #expect(throws: ReceiverSecrets.Fault.self) { try ReceiverSecrets(text: "2380 secret") }
        #expect(throws: ReceiverSecrets.Fault.self) { try ReceiverSecrets(text: Self.secretText) }
    }
}
