import Configuration
import Testing

@Suite("Variables passed through to a library")
struct PassThroughTests {
    @Test("come under the library's own keys, and only they")
    func keys() {
        let environment = [
            "RDKAFKA_SSL_CA_LOCATION": "/ca.pem", "RDKAFKA_LINGER_MS": "5", "KAFKA_HOME": "/opt", "RDKAFKA_DEBUG": "",
        ]
        var reader = SettingsReader(environment: environment)
        #expect(reader.prefixed("RDKAFKA_") == ["ssl.ca.location": "/ca.pem", "linger.ms": "5"])
        #expect(throws: Never.self) { try reader.finish() }
    }

    @Test("come from a file when they end in _FILE, unless the library has a key that ends so")
    func files() {
        var reader = SettingsReader(
            environment: [
                "RDKAFKA_SASL_PASSWORD_FILE": "/run/password", "RDKAFKA_SASL_OAUTHBEARER_ASSERTION_FILE": "/run/jwt",
            ]
        ) { path in "text of \(path)\n" }
        #expect(
            reader.prefixed("RDKAFKA_")
                == ["sasl.password": "text of /run/password", "sasl.oauthbearer.assertion.file": "/run/jwt"])
    }

    @Test("are refused when variable and file are both there")
    func both() throws {
        var reader = SettingsReader(
            environment: ["RDKAFKA_SASL_PASSWORD": "a", "RDKAFKA_SASL_PASSWORD_FILE": "/run/password"]
        ) { _ in "b" }
        _ = reader.prefixed("RDKAFKA_")
        let faults = try #require(throws: ConfigurationFaults.self) { try reader.finish() }
        #expect(faults.description == "RDKAFKA_SASL_PASSWORD_FILE and RDKAFKA_SASL_PASSWORD are both set: set one")
    }
}
