import Foundation
import Support
import Synchronization
import Testing

@Suite("The cluster inside the test's process", .serialized, .timeLimit(.minutes(2)))
struct MockClusterTests {
    /// Wants ports of 127.0.0.1 for itself, as fast as it can.
    private final class Grabber: Sendable {
        let ports: [Int]
        private let isDone = Atomic(false)
        private let grabs = Atomic(0)
        private let rounds = Atomic(0)

        init(ports: [Int]) { self.ports = ports }

        /// - Returns: how often it had one of the ports, and how often it tried.
        func grab() -> (had: Int, tried: Int) {
            while !isDone.load(ordering: .relaxed) {
                grabs.add(ports.count(where: FreePorts.isFree), ordering: .relaxed)
                rounds.add(1, ordering: .relaxed)
            }
            return (grabs.load(ordering: .relaxed), rounds.load(ordering: .relaxed))
        }

        func finish() { isDone.store(true, ordering: .relaxed) }
    }

    /// Starts processes, as fast as it can: each has a copy of every descriptor here until it is another program.
    private final class Starter: Sendable {
        private let isDone = Atomic(false)

        /// - Returns: how many it started.
        func start() -> Int {
            var started = 0
            while !isDone.load(ordering: .relaxed) {
                var process = pid_t()
                var status = Int32()
                let arguments = [strdup("true"), nil]
                defer { free(arguments[0]) }
                guard posix_spawn(&process, "/bin/true", nil, nil, arguments, environ) == 0,
                    waitpid(process, &status, 0) == process
                else { return started }
                started += 1
            }
            return started
        }

        func finish() { isDone.store(true, ordering: .relaxed) }
    }

    /// The mock closes its listener and binds the port anew; were that refused, it would end the process. A round takes
    /// up to a second: librdkafka loses some wake-ups.
    @Test("keeps its ports through 20 losses, although others always want them and processes are started meanwhile")
    func portsStay() async throws {
        let cluster = try MockCluster(brokers: 3)
        let servers = cluster.bootstrapServers
        let ports = servers.split(separator: ",").compactMap { $0.split(separator: ":").last.flatMap { Int($0) } }
        #expect(ports.count == 3)
        let grabber = Grabber(ports: ports)
        let starter = Starter()
        let queue = DispatchQueue(label: "beside the cluster", attributes: .concurrent)
        async let grabs = withCheckedContinuation { done in queue.async { done.resume(returning: grabber.grab()) } }
        async let starts = withCheckedContinuation { done in queue.async { done.resume(returning: starter.start()) } }
        // They end also when the cluster throws.
        func finish() {
            grabber.finish()
            starter.finish()
        }
        defer { finish() }
        for _ in 0..<20 {
            try await cluster.setDown()
            try await cluster.setUp()
        }
        finish()
        let (had, tried) = await grabs
        let started = await starts
        #expect(had == 0 && tried > 20 && started > 20)
        #expect(cluster.bootstrapServers == servers)
    }
}
