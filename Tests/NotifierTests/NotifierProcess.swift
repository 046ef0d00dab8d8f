import Cryptography
import Foundation
import HTTPClient
import Runtime
import Support

@testable import Notifier

/// The notifier as a process of its own, with the files that tell it of one recipient and one caller.
struct NotifierProcess: Sendable {
    let service: ServiceProcessUnderTest
    private let directory: TemporaryDirectory

    static let token = "secret-manager"

    init(
        bootstrapServers: String, prefix: String = "", recipient: String, url: String,
        schedule: String = "0,1,1,1,1,1,1,1,1,1"
    ) throws {
        directory = try TemporaryDirectory()
        let recipients = """
            [{"recipient": "\(recipient)", "url": "\(url)/hook", "secret": "\(WebhookSignatureTests.secretText)"}]
            """
        try recipients.write(toFile: directory.file("recipients.json"), atomically: true, encoding: .utf8)
        let hash = SHA256.hash(Array(Self.token.utf8)).hexText
        let tokens = """
            [{"name": "manager", "role": "municipalManager", "sha256": "\(hash)", "municipalities": ["2380"]}]
            """
        try tokens.write(toFile: directory.file("tokens.json"), atomically: true, encoding: .utf8)
        service = try ServiceProcessUnderTest(
            "notifier", bootstrapServers: bootstrapServers, prefix: prefix,
            environment: [
                "RECIPIENTS_FILE": directory.file("recipients.json"), "TOKENS_FILE": directory.file("tokens.json"),
                "HTTP_LISTEN": "127.0.0.1:0", "WEBHOOK_PRIVATE_ADDRESSES": "true",
                "RETRY_SCHEDULE_SECONDS": schedule, "BATCH_RECORDS_MAX": "20", "WITNESS_INTERVAL_SECONDS": "1",
                "WITNESS_WATCH_SECONDS": "4",
            ])
    }

    /// Answers a referral over the public port.
    func answer(_ referral: String, _ body: String) async throws -> ClientResponse {
        var settings = HTTPClientSettings()
        settings.allowsPrivateAddresses = true
        let port = try await service.port(ofServer: "public")
        return try await HTTPClient(settings: settings).send(
            ClientRequest(
                .post, "http://127.0.0.1:\(port)/v1/referrals/\(referral)/answers",
                headers: [
                    ClientHeader("content-type", "application/json"),
                    ClientHeader("authorization", "Bearer \(Self.token)"),
                ], body: Array(body.utf8)))
    }

    /// Asks the process to stop and removes what it left.
    func stop() async throws -> ServiceProcessUnderTest.Ending {
        service.signal(SIGTERM)
        let ending = try await service.ending()
        try service.removeData()
        return ending
    }
}
