import HTTPServer
import Runtime
import Support
import Testing

@Suite("Over TLS")
struct TLSTests {
    static let request = "GET /who HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    static let who = RouteGroup(routes: [
        Route(.get, "/who", access: .roles([.ehr], .checkedByHandler)) { .text(200, "you are \($0.caller.name)") }
    ])

    /// Runs a server with a certificate for `localhost`, by the authority `ours`.
    static func withTLS(
        asksForCertificates: Bool, tokens: TokenDirectory = .empty,
        body: @Sendable (ServerUnderTest, OpenSSLCommand) async throws -> Void
    ) async throws {
        let openssl = try OpenSSLCommand()
        try await openssl.makeAuthority("ours")
        try await openssl.makeCertificate("localhost", by: "ours")
        let tls = HTTPServerSettings.TLS(
            certificatePEM: try await openssl.bytes("localhost.pem"), keyPEM: try await openssl.bytes("localhost.key"),
            clientAuthoritiesPEM: asksForCertificates ? try await openssl.bytes("ours.pem") : nil)
        try await withServer([who], tokens: tokens, tls: tls) { try await body($0, openssl) }
    }

    @Test("1.2 and 1.3 a client that trusts the authority is served; older versions are not")
    func versions() async throws {
        try await Self.withTLS(asksForCertificates: false) { subject, openssl in
            for version in ["-tls1_2", "-tls1_3"] {
                let answer = try await openssl.exchange(
                    Self.request, port: subject.port, options: [version, "-CAfile", "ours.pem", "-verify_return_error"])
                #expect(answer.hasPrefix("HTTP/1.1 401 "), "\(version)")
            }
            await #expect(throws: OpenSSLCommand.Failure.self) {
                try await openssl.exchange(
                    Self.request, port: subject.port, options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
            }
        }
    }

    @Test("a client with a certificate that the authorities vouch for is known by its subject; others get 403")
    func clientCertificates() async throws {
        let tokens = try TokenDirectory(
            json: Array(#"[{"name": "the record system", "role": "ehr", "certificateSubject": "CN=ehr"}]"#.utf8))
        try await Self.withTLS(asksForCertificates: true, tokens: tokens) { subject, openssl in
            try await openssl.makeAuthority("theirs")
            try await openssl.makeCertificate("ehr", by: "ours")
            try await openssl.makeCertificate("stranger", by: "ours")
            try await openssl.makeCertificate("expired", by: "ours", days: -1)
            try await openssl.makeCertificate("foreign", by: "theirs")
            let cases = [("ehr", 200), ("stranger", 401), ("expired", 403), ("foreign", 403), ("", 403)]
            for (name, status) in cases {
                for version in ["-tls1_2", "-tls1_3"] {
                    let certificate = name.isEmpty ? [] : ["-cert", "\(name).pem", "-key", "\(name).key"]
                    let answer = try await openssl.exchange(
                        Self.request, port: subject.port, options: [version] + certificate)
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(name) with \(version)")
                    #expect(answer.contains("you are the record system") == (name == "ehr"))
                }
            }
        }
    }

    @Test("documents that a server would not start with are told apart before it starts")
    func documents() async throws {
        let openssl = try OpenSSLCommand()
        try await openssl.makeAuthority("ours")
        try await openssl.makeCertificate("localhost", by: "ours")
        let (certificate, key) = (try await openssl.bytes("localhost.pem"), try await openssl.bytes("localhost.key"))
        let (authority, authorityKey) = (try await openssl.bytes("ours.pem"), try await openssl.bytes("ours.key"))
        typealias TLS = HTTPServerSettings.TLS
        let right = TLS(certificatePEM: certificate, keyPEM: key, clientAuthoritiesPEM: authority)
        #expect(right.hasUsableKey && right.hasUsableAuthorities)
        #expect(TLS(certificatePEM: certificate, keyPEM: key).hasUsableAuthorities, "clients need none")
        #expect(!TLS(certificatePEM: certificate, keyPEM: authorityKey).hasUsableKey, "another's key")
        for wrong in [[], Array("x".utf8), key] {
            #expect(!TLS(certificatePEM: wrong, keyPEM: key).hasUsableKey)
            let tls = TLS(certificatePEM: certificate, keyPEM: key, clientAuthoritiesPEM: wrong)
            #expect(!tls.hasUsableAuthorities)
        }
    }

    /// The library closes the listening socket when it fails; if we closed it too, the second close would hit whatever
    /// got the number meanwhile. Many at a time, so that it would.
    @Test("a server does not start with a key that is no key")
    func brokenKey() async throws {
        let broken = HTTPServerSettings.TLS(certificatePEM: Array("x".utf8), keyPEM: Array("y".utf8))
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    let failure = await #expect(throws: HTTPServerFailure.self) {
                        try await withServer([Self.who], tls: broken) { await $0.ended.wait() }
                    }
                    #expect(failure?.description.contains("TLS") == true)
                }
            }
        }
    }
}
