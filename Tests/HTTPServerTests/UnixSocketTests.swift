import Foundation
import HTTPServer
import Runtime
import Support
import Testing

@Suite("A server on a socket file")
struct UnixSocketTests {
    let path = "/tmp/http-\(UUID().text.prefix(8)).sock"

    @Test("answers its own user only, and takes the file away when it ends")
    func serves() async throws {
        try await withServer(
            [RouteGroup(routes: [.hello(), .echo()])], kind: .operations, address: .unix(path: path)
        ) { subject in
            #expect(subject.server.port == nil)
            var status = stat()
            #expect(lstat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let client = try RawSocket(path: path)
            for _ in 0..<3 {
                let answer = try await client.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(answer.text == "hej")
            }
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test("replaces the socket of a run that was killed")
    func staleSocket() async throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        close(descriptor)
        try await serves()
    }

    @Test("does not touch a file that is no socket")
    func otherFile() async throws {
        try Data("precious".utf8).write(to: URL(filePath: path))
        defer { unlink(path) }
        await #expect(throws: HTTPServerFailure.self) {
            try await withServer([], kind: .operations, address: .unix(path: path)) { _ in }
        }
        #expect(try String(contentsOf: URL(filePath: path), encoding: .utf8) == "precious")
    }

    @Test("refuses a path that is too long, with a word about it")
    func longPath() async throws {
        let long = "/tmp/" + String(repeating: "x", count: 200)
        let failure = await #expect(throws: HTTPServerFailure.self) {
            try await withServer([], kind: .operations, address: .unix(path: long)) { _ in }
        }
        #expect(failure?.description == "the path of a socket has 1 to 107 bytes")
    }
}
