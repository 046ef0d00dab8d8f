import Foundation
import Support
import Testing

/// What an operator hands on to librdkafka by `RDKAFKA_` variables.
@Suite("The broker client's settings")
struct ClientSettingsTests {
    /// A variable, what it is set to, and what is said of it.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let name: String
        let value: String
        let told: String
        var more: [String: String] = [:]
        var testDescription: String { "\(name)=\(value)" }
    }

    static let wrong = [
        Wrong(name: "RDKAFKA_NONSENSE", value: "1", told: "\"nonsense\""),
        Wrong(name: "RDKAFKA_FETCH_WAIT_MAX_MS", value: "soon", told: "\"fetch.wait.max.ms\""),
        Wrong(name: "RDKAFKA_ACKS", value: "0", told: "acks can't be set"),
        Wrong(
            name: "RDKAFKA_SSL_CA_LOCATION", value: "/nowhere/ca.pem", told: "ssl.ca.location",
            more: ["RDKAFKA_SECURITY_PROTOCOL": "ssl"]),
    ]

    @Test("check-config and a start refuse what librdkafka can't take, and touch nothing", arguments: wrong)
    func refused(_ row: Wrong) throws {
        for words in [["check-config"], []] {
            let directory = try TemporaryDirectory()
            let ending = try run(words, in: directory, [row.name: row.value].merging(row.more) { $1 })
            #expect(ending.code == 78 && ending.output.isEmpty, "\(ending)")
            #expect(ending.errors.contains { $0.contains(row.told) && !$0.contains("soon") }, "\(ending.errors)")
            #expect(try directory.names() == [])
        }
    }

    @Test("check-config finds right what librdkafka takes, without a broker")
    func right() throws {
        let directory = try TemporaryDirectory()
        let ending = try run(["check-config"], in: directory, ["RDKAFKA_FETCH_WAIT_MAX_MS": "10"])
        #expect(ending.code == 0 && ending.output == ["the settings are right"], "\(ending)")
        #expect(try directory.names() == [])
    }

    private func run(
        _ words: [String], in directory: TemporaryDirectory, _ more: [String: String]
    ) throws -> CommandUnderTest {
        let settings = [
            "REGION": "23", "DATA_DIRECTORY": directory.file("data"), "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
            "OPERATIONS_LISTEN": "127.0.0.1:0",
        ]
        return try CommandUnderTest("scoring", words, environment: settings.merging(more) { $1 })
    }
}
