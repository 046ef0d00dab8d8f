import HTTPClient
import Testing

@Suite(.enabled(if: OpenSSLServer.isInstalled, "needs the openssl command"))
struct TLSTests {
    @Test func `a server with a certificate of a trusted authority is answered by`() async throws {
        let server = try OpenSSLServer()
        let client = try localClient { $0.authoritiesFile = server.file("authority.pem") }
        let response = try await client.send(ClientRequest(.get, "https://127.0.0.1:\(server.port)/"))
        #expect(response.status == 200)
    }

    @Test func `a certificate of an unknown authority is refused`() async throws {
        let server = try OpenSSLServer()
        let request = ClientRequest(.get, "https://127.0.0.1:\(server.port)/")
        #expect(await failure(of: try localClient(), request) == .tls)
    }

    @Test func `a certificate for another name is refused`() async throws {
        let server = try OpenSSLServer()
        let client = try localClient { $0.authoritiesFile = server.file("authority.pem") }
        #expect(await failure(of: client, ClientRequest(.get, "https://localhost:\(server.port)/")) == .tls)
    }

    @Test func `a server that speaks no TLS of this decade is refused`() async throws {
        let server = try OpenSSLServer(options: ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"])
        let client = try localClient { $0.authoritiesFile = server.file("authority.pem") }
        #expect(await failure(of: client, ClientRequest(.get, "https://127.0.0.1:\(server.port)/")) == .tls)
    }

    @Test func `a server that wants our certificate gets it`() async throws {
        let server = try OpenSSLServer(options: [
            "-Verify", "1", "-verify_return_error", "-CAfile", "authority.pem",
        ])
        let url = "https://127.0.0.1:\(server.port)/"
        let client = try localClient {
            $0.authoritiesFile = server.file("authority.pem")
            $0.certificateFile = server.file("client.pem")
            $0.keyFile = server.file("client.key")
        }
        let response = try await client.send(ClientRequest(.get, url))
        #expect(response.status == 200)
        let without = try localClient { $0.authoritiesFile = server.file("authority.pem") }
        #expect(await failure(of: without, ClientRequest(.get, url)) != nil)
    }

    @Test func `a key that isn't our certificate's is found out`() async throws {
        let server = try OpenSSLServer()
        let client = try localClient {
            $0.authoritiesFile = server.file("authority.pem")
            $0.certificateFile = server.file("client.pem")
            $0.keyFile = server.file("server.key")
        }
        let request = ClientRequest(.get, "https://127.0.0.1:\(server.port)/")
        #expect(await failure(of: client, request) == .unusableCertificate)
    }
}
