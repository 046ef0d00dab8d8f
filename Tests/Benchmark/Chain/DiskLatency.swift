import Foundation
import Runtime

/// What the disk under the stores takes for a sync: appends of 4 KB, each with fdatasync.
struct DiskLatency: Codable, Sendable {
    private static let appends = 500

    let p50Milliseconds: Double
    let p99Milliseconds: Double

    init(in folder: URL) throws {
        let path = folder.appending(path: "sync-latency").path
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        defer {
            close(descriptor)
            unlink(path)
        }
        let block = [UInt8](repeating: 7, count: 4096)
        var times: [Duration] = []
        for _ in 0..<Self.appends {
            let began = ContinuousClock.now
            guard write(descriptor, block, block.count) == block.count, fdatasync(descriptor) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
            times.append(ContinuousClock.now - began)
        }
        p50Milliseconds = times.percentile(50) * 1000
        p99Milliseconds = times.percentile(99) * 1000
    }
}

extension [Duration] {
    /// In seconds; 0 of nothing.
    func percentile(_ percent: Int) -> Double {
        isEmpty ? 0 : sorted()[Swift.min(count - 1, count * percent / 100)].inSeconds
    }
}
