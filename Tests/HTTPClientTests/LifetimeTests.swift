import Foundation
import HTTPClient
import Support
import Testing

struct LifetimeTests {
    /// Far more clients than the other tests have at a time.
    @Test func `a released client's thread and connections end`() async throws {
        let server = try ScriptedServer { _, connection in connection.answer() }
        for _ in 0..<300 {
            let response = try await localClient().send(ClientRequest(.get, server.url))
            #expect(response.status == 200)
        }
        while try threads() > 150 { await Task.yield() }
        #expect(server.connectionsAccepted == 300)
    }

    private func threads() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
}
