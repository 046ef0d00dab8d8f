internal import Foundation
public import Runtime
internal import Synchronization

extension Logger {
    /// A logger on file descriptor 1.
    ///
    /// Lines don't mix: one thread writes at a time. A reader that doesn't read makes logging wait, so no line is lost
    /// while there is one; lines that can't be written at all are counted in `log_lines_lost_total`.
    public static func standardOutput(
        service: String, version: String, level: Level, time: TimeSource, metrics: MetricsRegistry
    ) -> Logger {
        let lost = metrics.counter("log_lines_lost_total", help: "Log lines that could not be written.")
        return Logger(service: service, version: version, level: level, time: time) { line in
            if !StandardOutput.write(line) { lost.add() }
        }
    }
}

/// File descriptor 1. C's `stdout` is a mutable global, which language mode 6 refuses.
enum StandardOutput {
    private static let turn = Mutex(())

    /// Writes all bytes, with one `write(2)` unless the kernel takes fewer; false if they couldn't be written.
    static func write(_ line: [UInt8], to descriptor: Int32 = 1) -> Bool {
        turn.withLock { _ in
            line.withUnsafeBytes { bytes in
                var written = 0
                while written < bytes.count {
                    let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                    let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                    if count >= 0 {
                        written += count
                    } else if errno == EAGAIN {
                        // Somebody made the descriptor non-blocking; it is shared with whoever started us.
                        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        poll(&waiting, 1, -1)
                    } else if errno != EINTR {
                        return false
                    }
                }
                return true
            }
        }
    }
}
