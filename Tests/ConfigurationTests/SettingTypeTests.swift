import Configuration
import Testing

@Suite("A setting's type")
struct SettingTypeTests {
    enum Level: String, CaseIterable { case low, high }

    @Test("takes what its rule allows")
    func allowed() throws {
        #expect(try value("-5", .integer("KEY", in: -5...5, "")) == -5)
        #expect(try value("2", .seconds("KEY_SECONDS", in: 1...3, "")) == .seconds(2))
        #expect(try value("false", .flag("KEY", default: true, "")) == false)
        #expect(try value("high", Setting<Level>.choice("KEY", "")) == .high)
        #expect(try value("a, b c ,d", .list("KEY", countMax: 3, "")) == ["a", "b c", "d"])
        #expect(try value("localhost:9092", .hostAndPort("KEY", "")) == HostAndPort(host: "localhost", port: 9_092))
        #expect(try value(" ", .text("KEY", "")) == " ")
    }

    @Test("refuses any other number", arguments: ["6", "+5", "5.0", " 5", "five", "0x5", "99999999999999999999"])
    func numbers(text: String) {
        #expect(throws: ConfigurationFaults.self) { try value(text, .integer("KEY", in: -5...5, "")) }
        #expect(throws: ConfigurationFaults.self) { try value(text, .seconds("KEY_SECONDS", in: 1...5, "")) }
    }

    @Test("refuses any other word", arguments: ["True", "1", "yes"])
    func words(text: String) {
        #expect(throws: ConfigurationFaults.self) { try value(text, .flag("KEY", "")) }
        #expect(throws: ConfigurationFaults.self) { try value(text, Setting<Level>.choice("KEY", "")) }
    }

    @Test("refuses a list that is too long or has a gap", arguments: ["a,b,c", "a,,", ",", "a, "])
    func lists(text: String) {
        #expect(throws: ConfigurationFaults.self) { try value(text, .list("KEY", countMax: 2, "")) }
    }

    @Test(
        "refuses what is no host and port",
        arguments: ["localhost", ":80", "a:", "a:65536", "a:-1", "a:+1", "::1:80", "[]:80", "a b:80", "http://a:80"])
    func addresses(text: String) {
        #expect(throws: ConfigurationFaults.self) { try value(text, .hostAndPort("KEY", "")) }
    }

    private func value<Value>(_ text: String, _ setting: Setting<Value>) throws -> Value {
        try SettingsReader.read([setting.key: text]) { $0.value(setting) }
    }
}
