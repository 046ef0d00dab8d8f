import Configuration
import Foundation
import Testing

@Suite("The file of a secret")
struct TextFileTests {
    @Test("is read whole")
    func whole() throws {
        try withFile(Data("hemligt\nåäö".utf8)) { path in
            let text = try SettingsReader.textOfFile(path)
            #expect(text == "hemligt\nåäö")
        }
    }

    @Test("is refused with the reason when it is missing, too large or no text, without its name")
    func refused() throws {
        try withFile(Data(repeating: 0x61, count: SettingsReader.fileBytesMax + 1)) { path in
            #expect(fault(path) == "SECRET_FILE names a file of more than 65536 bytes")
        }
        try withFile(Data([0xFF, 0xFE])) { path in
            #expect(fault(path) == "SECRET_FILE names a file that isn't UTF-8 text")
        }
        try withFile(Data()) { path in
            #expect(fault(path) == "SECRET_FILE names an empty file")
        }
        #expect(fault("/nowhere/at/all") == "SECRET_FILE names a file that doesn't exist")
        #expect(fault("/tmp") == "SECRET_FILE names a file that can't be read")
    }

    private func fault(_ path: String) -> String? {
        do {
            _ = try SettingsReader.read(["SECRET_FILE": path]) { $0.value(.secret("SECRET", "")) }
            return nil
        } catch {
            return error.description
        }
    }

    private func withFile(_ content: Data, _ body: (String) throws -> Void) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try content.write(to: file)
        defer { unlink(file.path) }
        try body(file.path)
    }
}
