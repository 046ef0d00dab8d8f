import Support
import Testing

/// The README's tables are made from the code that reads the settings: `SERVICE settings` prints them.
@Suite("README")
struct ReadmeTests {
    @Test(
        "has every setting of every service, as the service itself describes it",
        arguments: ["intake", "scoring", "referral-router", "notifier", "reporting"])
    func settings(product: String) async throws {
        let service = try ServiceProcessUnderTest(product, bootstrapServers: "")
        let printed = try await service.command("settings")
        #expect(printed.code == 0)
        #expect(printed.lines.count > 8)
        let readme = String(decoding: try Repository.bytes("README.md"), as: UTF8.self)
        for row in printed.lines.dropFirst(2) {
            #expect(readme.contains(row), "the README lacks: \(row)")
        }
    }
}
