internal import Events
internal import Foundation
internal import Support
public import Testing

/// What happens to a service's log or store without its doing. Each time it stops with one line, which says what was
/// seen and which command decides; after the decision it comes to the state that it would have had anyway.
public enum LogTrial: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case topicMadeAnew = "a topic made anew, with a longer log"
    case topicMadeShorter = "a topic made anew, with a shorter log"
    case partitionsAdded = "another partition count"
    case storeOfYesterday = "a store of yesterday, put back without a word"
    case anotherCluster = "another cluster's address"
    case copyOfTheStore = "a second process on a copy of the store"

    /// What happens, as the tests' report says it.
    public var testDescription: String { rawValue }

    /// Lets it happen to a service that has not been started yet, and holds what follows against the promise.
    public func happens(to service: TriedService) async throws {
        switch self {
        case .topicMadeAnew: try await topicMadeAnew(service)
        case .topicMadeShorter: try await topicMadeShorter(service)
        case .partitionsAdded: try await partitionsAdded(service)
        case .storeOfYesterday: try await storeOfYesterday(service)
        case .anotherCluster: try await anotherCluster(service)
        case .copyOfTheStore: try await copyOfTheStore(service)
        }
        service.process.signal(SIGKILL)
        _ = try await service.process.ending()
        try service.process.removeData()
    }

    private func topicMadeAnew(_ service: TriedService) async throws {
        let before = try await service.said(service.workFirst(), on: service.broker)
        try makeAnew(service)
        try await service.publish(batch: 1)
        let line = try await service.refusal(of: service.process)
        #expect(line.contains("holds another record at"), "\(line)")
        try await reread(service, line, before)
    }

    private func topicMadeShorter(_ service: TriedService) async throws {
        let before = try await service.said(service.workFirst(), on: service.broker)
        try makeAnew(service)
        let line = try await service.refusal(of: service.process)
        #expect(line.contains("before the next offset"), "\(line)")
        try await service.publish(batch: 1)
        try await reread(service, line, before)
    }

    /// What was said before is still said, under the same ids, and nothing is said twice.
    private func reread(_ service: TriedService, _ line: String, _ before: [String: [UInt8]]) async throws {
        #expect(line.contains("recover reread \(service.topicName)"), "\(line)")
        let decided = try await service.process.command("recover", "reread", service.topicName)
        #expect(decided.code == 0, "\(decided.lines)")
        let state = try await service.work(throughBatches: 2)
        let said = try await service.said(state, on: service.broker)
        for (id, value) in before { #expect(said[id] == value) }
    }

    private func partitionsAdded(_ service: TriedService) async throws {
        try await service.workFirst()
        let contract = Catalogue.contract(for: service.topic).partitions
        try service.broker.administration().widen(service.topicName, to: Int(contract) + 1)
        let line = try await service.refusal(of: service.process)
        #expect(line.contains("has \(contract + 1) partitions where the contract says \(contract)"), "\(line)")
    }

    private func storeOfYesterday(_ service: TriedService) async throws {
        let directory = service.process.dataDirectory
        try await service.workFirst()
        let yesterday = try TemporaryDirectory()
        let kept = yesterday.file("store.sqlite")
        try FileManager.default.copyItem(atPath: directory + "/store.sqlite", toPath: kept)
        try await service.publish(batch: 1)
        let state = try await service.work(throughBatches: 2)
        let said = try await service.said(state, on: service.broker)
        for file in ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm"] {
            let path = directory + "/" + file
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
        try FileManager.default.copyItem(atPath: kept, toPath: directory + "/store.sqlite")
        let line = try await service.refusal(of: service.process)
        #expect(line.contains("the broker remembers offset"), "\(line)")
        #expect(line.contains("recover rolled-back"), "\(line)")
        let decided = try await service.process.command("recover", "rolled-back")
        #expect(decided.code == 0, "\(decided.lines)")
        let again = try await service.work(throughBatches: 2)
        #expect(again.facts == state.facts)
        #expect(try await service.said(again, on: service.broker) == said)
    }

    private func anotherCluster(_ service: TriedService) async throws {
        let state = try await service.workFirst()
        let said = try await service.said(state, on: service.broker)
        let other = try TestBroker.mock(prefix: service.broker.prefix)
        let address = ["KAFKA_BOOTSTRAP_SERVERS": other.servers]
        let line = try await service.refusal(of: service.process, address)
        #expect(line.contains("recover adopt-cluster"), "\(line)")
        #expect(try await service.work(throughBatches: 1).facts == state.facts, "its own broker is still its own")
        #expect(try await service.process.command("recover", "adopt-cluster").code == 0)
        try service.process.start(address)
        // Its store counts everything from the first moment on: what shows the adoption is the journal over there.
        #expect(try await service.said(state, on: other) == said)
        #expect(try await service.work(throughBatches: 1, address).facts == state.facts)
    }

    private func copyOfTheStore(_ service: TriedService) async throws {
        let first = service.process
        try await service.workFirst()
        let copy = try first.copied()
        try first.start()
        try await first.eventually("the first mark of the new process") {
            try await first.probe("/metrics").text.contains("kafka_consumergroup_current_offset")
        }
        let line = try await service.refusal(of: copy)
        #expect(line.contains("a process on a copy of this store is alive"), "\(line)")
        #expect(first.isRunning)
        try copy.removeData()
    }

    private func makeAnew(_ service: TriedService) throws {
        let administration = try service.broker.administration()
        try administration.delete(service.topicName)
        try administration.create([Catalogue.contract(for: service.topic)], prefix: service.broker.prefix)
    }
}
