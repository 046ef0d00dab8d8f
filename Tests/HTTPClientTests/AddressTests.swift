import Foundation
import Support
import Testing

@testable import HTTPClient

struct AddressTests {
    /// The port is added; each way leads to this machine.
    @Test(arguments: ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]"])
    func `a way to this machine is refused before it's connected`(host: String) async throws {
        let server = try ScriptedServer { _, connection in connection.answer() }
        let client = try HTTPClient(settings: HTTPClientSettings())
        let request = ClientRequest(.get, "http://\(host):\(server.port)/")
        #expect(await failure(of: client, request) == .refusedAddress)
        #expect(server.connectionsAccepted == 0)
    }

    @Test(arguments: [
        "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
        "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    ])
    func `this IPv4 address isn't public`(text: String) throws {
        #expect(try !address(text).isPublic)
    }

    @Test(arguments: [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.0.0.1", "128.0.0.1",
        "169.253.0.1", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.0.1", "192.169.0.1", "198.17.0.1",
        "198.20.0.1", "193.10.0.1", "223.255.255.255",
    ])
    func `this IPv4 address is public`(text: String) throws {
        #expect(try address(text).isPublic)
    }

    @Test(arguments: [
        "::", "::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "fc00::1", "fd12::1", "fe80::1",
        "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "100::1",
    ])
    func `this IPv6 address isn't public`(text: String) throws {
        #expect(try !address(text).isPublic)
    }

    @Test(arguments: ["2001:6b0::1", "2a00:1450:400f::1", "2001:200::1", "::ffff:193.10.0.1", "64:ff9b::193.10.0.1"])
    func `this IPv6 address is public`(text: String) throws {
        #expect(try address(text).isPublic)
    }

    /// The address as the system reads it.
    private func address(_ text: String) throws -> IPAddress {
        if text.contains(":") {
            var socketAddress = sockaddr_in6()
            try #require(inet_pton(AF_INET6, text, &socketAddress.sin6_addr) == 1)
            return try #require(IPAddress(socketAddress: &socketAddress, family: AF_INET6))
        }
        var socketAddress = sockaddr_in()
        try #require(inet_pton(AF_INET, text, &socketAddress.sin_addr) == 1)
        return try #require(IPAddress(socketAddress: &socketAddress, family: AF_INET))
    }
}
