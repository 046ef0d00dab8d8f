import Foundation
import Support
import Testing

/// What intake does about files that its settings name, as a process.
@Suite("The files that intake's settings name")
struct NamedFilesTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try write("[]", "tokens.json")
        try write("none", "not.pem")
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: directory.file(name), atomically: true, encoding: .utf8)
    }

    private func intake(_ words: [String], _ others: [String: String] = [:]) throws -> CommandUnderTest {
        var environment = [
            "REGION": "23", "DATA_DIRECTORY": directory.file("data"), "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
            "TOKENS_FILE": directory.file("tokens.json"), "REGISTRY_FILE": IntakeUnderTest.registryFile,
            "INSTRUMENT_FILES": IntakeUnderTest.instrumentFile,
        ]
        environment.merge(others) { $1 }
        return try CommandUnderTest("intake", words, environment: environment)
    }

    private func expectRefusal(_ ending: CommandUnderTest, _ errors: [String]) {
        #expect(ending.code == 78 && ending.output.isEmpty && ending.errors == errors, "\(ending)")
        #expect(!FileManager.default.fileExists(atPath: directory.file("data")), "a store was made")
    }

    @Test("right ones are right, a certificate with its key and authorities too")
    func right() async throws {
        let plain = try intake(["check-config"])
        #expect(plain.code == 0 && plain.output == ["the settings are right"], "\(plain)")
        let tls = try await certificates()
        let encrypted = try intake(["check-config"], tls)
        #expect(encrypted.code == 0 && encrypted.output == ["the settings are right"], "\(encrypted)")
    }

    @Test(
        "check-config and a start read them all, and touch nothing else while one is wrong",
        arguments: NamedFilesTests.words)
    func wrong(words: [String]) throws {
        let faulty = try RegistryTests.file(
            IntakeUnderTest.instrumentFile, replacing: #""version": "1.1.0""#, with: #""version": 1"#, in: directory)
        let instruments = [IntakeUnderTest.instrumentFile, faulty, "/nowhere"].joined(separator: ",")
        expectRefusal(
            try intake(words, ["INSTRUMENT_FILES": instruments, "TOKENS_FILE": directory.file("tokens.jsn")]),
            [
                "\(faulty)#/version: must be a version: letters, digits, dots and hyphens",
                "/nowhere#: can't be read: No such file or directory",
                "\(directory.file("tokens.jsn"))#: can't be read: No such file or directory",
            ])
    }

    @Test("every fault of the callers' tokens is named", arguments: NamedFilesTests.words)
    func tokens(words: [String]) throws {
        try write(#"[{"role": "nurse", "certificateSubject": "CN=a"}, 7]"#, "tokens.json")
        let file = directory.file("tokens.json")
        expectRefusal(
            try intake(words), ["\(file)#: entry 1 has no name", "\(file)#: entry 2 is not an object"])
    }

    @Test("a certificate, a key or authorities that TLS can't use are named", arguments: NamedFilesTests.words)
    func documentsOfTLS(words: [String]) async throws {
        let right = try await certificates()
        let (certificate, key, none) = (directory.file("localhost.pem"), directory.file("localhost.key"), "/nowhere")
        let wrong = directory.file("not.pem")
        expectRefusal(
            try intake(words, right.merging(["TLS_CERTIFICATE_FILE": none]) { $1 }),
            ["/nowhere#: can't be read: No such file or directory"])
        for (name, path, other) in [("TLS_CERTIFICATE_FILE", wrong, key), ("TLS_KEY_FILE", certificate, wrong)] {
            expectRefusal(
                try intake(words, right.merging([name: wrong]) { $1 }),
                ["\(path)#: is no certificate in PEM with its key in \(other)"])
        }
        expectRefusal(
            try intake(words, right.merging(["TLS_CLIENT_CA_FILE": wrong]) { $1 }),
            ["\(wrong)#: holds no certificates in PEM"])
    }

    @Test("authorities of clients without a certificate of its own would do nothing, and are refused")
    func authoritiesAlone() throws {
        expectRefusal(
            try intake(["check-config"], ["TLS_CLIENT_CA_FILE": directory.file("not.pem")]),
            ["TLS_CLIENT_CA_FILE needs TLS_CERTIFICATE_FILE: clients show certificates over TLS only"])
    }

    static let words = [["check-config"], []]

    private func certificates() async throws -> [String: String] {
        let openssl = try OpenSSLCommand()
        try await openssl.makeAuthority("ours")
        try await openssl.makeCertificate("localhost", by: "ours")
        for name in ["ours.pem", "localhost.pem", "localhost.key"] {
            try Data(try await openssl.bytes(name)).write(to: URL(filePath: directory.file(name)))
        }
        return [
            "TLS_CERTIFICATE_FILE": directory.file("localhost.pem"), "TLS_KEY_FILE": directory.file("localhost.key"),
            "TLS_CLIENT_CA_FILE": directory.file("ours.pem"),
        ]
    }
}
