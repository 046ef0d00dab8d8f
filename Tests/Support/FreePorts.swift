internal import Foundation

/// Ports for processes that must be told theirs. Below those that the system hands out by itself, so that nothing takes
/// one between the question and its use, save another asker.
public enum FreePorts {
    /// There were none.
    public struct Exhausted: Error {}

    /// The first of `count` ports in a row that nobody has.
    public static func first(of count: Int = 1) throws -> Int {
        for _ in 0..<100 {
            let first = Int.random(in: 20_000..<32_000)
            if (first..<first + count).allSatisfy(isFree) { return first }
        }
        throw Exhausted()
    }

    /// Whether somebody who asks for this port of 127.0.0.1 gets it.
    public static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
