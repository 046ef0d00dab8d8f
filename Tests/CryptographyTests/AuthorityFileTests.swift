import Cryptography
import Foundation
import Testing

@Suite("A file of authorities")
struct AuthorityFileTests {
    @Test("is usable when it has certificates, as the system's has")
    func usable() {
        #expect(AuthorityFile.isUsable("/etc/ssl/certs/ca-certificates.crt"))
    }

    @Test("is not when it is absent, a directory, or something else")
    func unusable() {
        for path in ["/nowhere", "/etc", "/etc/hosts", ""] { #expect(!AuthorityFile.isUsable(path), "\(path)") }
    }
}
