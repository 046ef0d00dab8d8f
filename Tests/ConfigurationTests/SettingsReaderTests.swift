import Configuration
import Testing

@Suite("The settings reader")
struct SettingsReaderTests {
    private static let planted = "planted-value-19121212-1212"

    private struct Settings {
        var port: Int
        var linger: Duration
        var listen: HostAndPort
        var token: Secret
        var backup: String?

        init(_ reader: inout SettingsReader) {
            port = reader.value(.integer("SCORING_PORT", in: 1...65_535, default: 8_080, "Port."))
            linger = reader.value(.milliseconds("SCORING_LINGER_MILLISECONDS", in: 1...1_000, default: 20, "Wait."))
            listen = reader.value(.hostAndPort("SCORING_LISTEN", "Where to listen."))
            token = reader.value(.secret("SCORING_TOKEN", charactersMin: 8, "What callers show."))
            backup = reader.value(Setting.path("SCORING_BACKUP", "Where backups go.").optional)
        }
    }

    @Test("gives what the environment says and else what the settings fall back to")
    func values() throws {
        let settings = try read(["SCORING_LISTEN": "[::1]:0", "SCORING_TOKEN": "12345678", "SCORING_PORT": "1"])
        #expect(settings.port == 1)
        #expect(settings.linger == .milliseconds(20))
        #expect(settings.listen == HostAndPort(host: "::1", port: 0))
        #expect(settings.token.reveal() == "12345678")
        #expect(settings.backup == nil)
    }

    @Test("gathers every fault, one line each with key and rule, and never a value")
    func faults() throws {
        let faults = try #require(throws: ConfigurationFaults.self) {
            try read([
                "SCORING_PORT": Self.planted, "SCORING_LINGER_MILLISECONDS": "1001", "SCORING_TOKEN": "short",
                "SCORING_PROT": Self.planted, "PATH": "/bin",
            ])
        }
        #expect(
            faults.description == """
                SCORING_LINGER_MILLISECONDS must be milliseconds, from 1 to 1000
                SCORING_LISTEN is required and not set: host:port, an IPv6 address in brackets
                SCORING_PORT must be a whole number from 1 to 65535
                SCORING_PROT is not a setting of this program
                SCORING_TOKEN must be a secret of at least 8 characters
                """)
        #expect(ConfigurationFaults.exitCode == 78)
    }

    @Test("takes an empty variable for one that isn't set")
    func empty() throws {
        let settings = try read(["SCORING_LISTEN": "a:1", "SCORING_TOKEN": "12345678", "SCORING_PORT": ""])
        #expect(settings.port == 8_080)
    }

    @Test("reads a secret from the file that its _FILE variable names, less the last newline")
    func secretFile() throws {
        let settings = try read(["SCORING_LISTEN": "a:1", "SCORING_TOKEN_FILE": "/run/token"]) { path in
            path == "/run/token" ? "12345678\n" : ""
        }
        #expect(settings.token.reveal() == "12345678")
    }

    @Test("refuses a secret that is given twice, and a file for what is no secret")
    func twice() throws {
        let faults = try #require(throws: ConfigurationFaults.self) {
            try read([
                "SCORING_LISTEN": "a:1", "SCORING_TOKEN": "12345678", "SCORING_TOKEN_FILE": "/run/token",
                "SCORING_PORT_FILE": "/run/port",
            ])
        }
        #expect(
            faults.description == """
                SCORING_PORT_FILE is not a setting of this program
                SCORING_TOKEN and SCORING_TOKEN_FILE are both set: set one
                """)
    }

    @Test("says once that a secret's file can't be read, and doesn't say what it was called")
    func unreadable() throws {
        struct Unreadable: Error {}
        let faults = try #require(throws: ConfigurationFaults.self) {
            try read(["SCORING_LISTEN": "a:1", "SCORING_TOKEN_FILE": Self.planted]) { _ in throw Unreadable() }
        }
        #expect(faults.description == "SCORING_TOKEN_FILE names a file that can't be read")
    }

    @Test("takes faults that only two settings together show")
    func together() throws {
        let faults = try #require(throws: ConfigurationFaults.self) {
            try SettingsReader.read([:]) { reader in reader.fault("A", "needs B") }
        }
        #expect(faults.faults == [ConfigurationFault(key: "A", rule: "needs B")])
    }

    @Test("tells every setting for the table")
    func table() {
        let rows = SettingsReader.describe(Settings.init).map(\.tableRow)
        #expect(
            rows == [
                "| `SCORING_PORT` | a whole number from 1 to 65535 | `8080` | Port. |",
                "| `SCORING_LINGER_MILLISECONDS` | milliseconds, from 1 to 1000 | `20` | Wait. |",
                "| `SCORING_LISTEN` | host:port, an IPv6 address in brackets | refused | Where to listen. |",
                "| `SCORING_TOKEN` or `SCORING_TOKEN_FILE` (secret) | a secret of at least 8 characters | refused "
                    + "| What callers show. |",
                "| `SCORING_BACKUP` | a path | without | Where backups go. |",
            ])
    }

    @Test("doesn't show a secret by printing, dumping or interpolating it")
    func secrecy() {
        let secret = Secret(Self.planted)
        var text = "\(secret) \(String(reflecting: secret)) \([secret])"
        dump(secret, to: &text)
        #expect(!text.contains(Self.planted))
    }

    private func read(
        _ environment: [String: String], readFile: @escaping (String) throws -> String = { _ in "" }
    ) throws -> Settings {
        try SettingsReader.read(environment, closedPrefixes: ["SCORING_"], readFile: readFile, Settings.init)
    }
}
