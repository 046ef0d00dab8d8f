import Foundation
import Support
import Testing

@Suite("The files that reporting's settings name")
struct NamedFilesTests {
    @Test(
        "check-config and a start read them, and touch nothing else while one is wrong",
        arguments: [["check-config"], []])
    func wrong(words: [String]) throws {
        let directory = try TemporaryDirectory()
        let ending = try CommandUnderTest(
            "reporting", words,
            environment: [
                "REGION": "23", "DATA_DIRECTORY": directory.file("data"), "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:1",
                "TOKENS_FILE": "/nowhere",
            ])
        #expect(ending.code == 78 && ending.output.isEmpty, "\(ending)")
        #expect(ending.errors == ["/nowhere#: can't be read: No such file or directory"])
        #expect(!FileManager.default.fileExists(atPath: directory.file("data")))
    }
}
