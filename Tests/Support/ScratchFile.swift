internal import Foundation

/// A file without a name: what a child process reads, or writes to. Unlike a pipe it never fills, so that nobody has to
/// read while somebody writes.
public final class ScratchFile: Sendable {
    /// Open for reading and for appending.
    public let descriptor: Int32

    /// A file with some text, at whose beginning reading starts.
    public init(_ text: String = "") throws {
        let path = NSTemporaryDirectory() + "barn-scratch-\(UUID().uuidString)"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("made") }
        unlink(path)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw Self.failure("written") }
            rest = rest.dropFirst(written)
        }
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw Self.failure("rewound") }
    }

    deinit { close(descriptor) }

    /// All that is in it, whoever reads elsewhere.
    public func text() throws -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
            guard count >= 0 else { throw Self.failure("read") }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }

    private static func failure(_ what: String) -> ChildProcess.Failure {
        ChildProcess.Failure(description: "a scratch file can't be \(what): \(String(cString: strerror(errno)))")
    }
}
