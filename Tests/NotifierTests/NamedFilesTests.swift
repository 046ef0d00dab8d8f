import Foundation
import Support
import Testing

@Suite("The files that the notifier's settings name")
struct NamedFilesTests {
    @Test(
        "check-config and a start read them all, and touch nothing else while one is wrong",
        arguments: [["check-config"], []])
    func wrong(words: [String]) async throws {
        let directory = try TemporaryDirectory()
        let (recipients, authorities) = (directory.file("recipients.json"), directory.file("authorities.pem"))
        try "[]".write(toFile: recipients, atomically: true, encoding: .utf8)
        try "none".write(toFile: authorities, atomically: true, encoding: .utf8)
        var environment = [
            "REGION": "23", "DATA_DIRECTORY": directory.file("data"), "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
            "TOKENS_FILE": "/nowhere", "RECIPIENTS_FILE": recipients, "WEBHOOK_CA_FILE": authorities,
        ]
        let wrong = try CommandUnderTest("notifier", words, environment: environment)
        #expect(wrong.code == 78 && wrong.output.isEmpty, "\(wrong)")
        #expect(
            wrong.errors == [
                "/nowhere#: can't be read: No such file or directory", "\(authorities)#: holds no certificates in PEM",
            ])
        environment["WEBHOOK_CA_FILE"] = "/none"
        let absent = try CommandUnderTest("notifier", words, environment: environment)
        #expect(absent.code == 78 && absent.errors.last == "/none#: can't be read: No such file or directory")
        #expect(!FileManager.default.fileExists(atPath: directory.file("data")))

        environment["TOKENS_FILE"] = recipients
        let openssl = try OpenSSLCommand()
        try await openssl.makeAuthority("theirs")
        try Data(try await openssl.bytes("theirs.pem")).write(to: URL(filePath: authorities))
        environment["WEBHOOK_CA_FILE"] = authorities
        let right = try CommandUnderTest("notifier", ["check-config"], environment: environment)
        #expect(right.code == 0 && right.output == ["the settings are right"], "\(right)")
    }
}
