import Delivery
import Events
import Foundation
import Runtime
import Support
import Testing

@testable import Scoring

/// What only a real Kafka does: topics deleted and made anew, partitions added, clusters replaced.
@Suite(
    "Scoring on a real Kafka", .serialized, .enabled(if: RealKafka.isFound, Comment(rawValue: RealKafka.absence)))
struct ScoringOnRealKafkaTests {
    /// Runs `body` on a fresh cluster that has the catalogue's topics.
    static func withKafka(
        nodes: Int = 1, _ body: (RealKafka, ScoringOnCluster) async throws -> Void
    ) async throws {
        let kafka = try await RealKafka.start(nodes: nodes)
        do {
            for (name, partitions) in TopicTraffic.topics {
                try await create(name, partitions, on: kafka, nodes: nodes)
            }
            let scoring = try ScoringOnCluster(kafka.bootstrapServers)
            try await scoring.publishInstrument()
            try await body(kafka, scoring)
            scoring.service.signal(SIGKILL)
            _ = try await scoring.service.ending()
            try scoring.service.removeData()
        } catch {
            try await kafka.remove()
            throw error
        }
        try await kafka.remove()
    }

    static func create(_ name: String, _ partitions: Int, on kafka: RealKafka, nodes: Int = 1) async throws {
        _ = try await kafka.topics(
            "--create", "--topic", name, "--partitions", String(partitions), "--replication-factor", String(nodes))
    }

    static func delete(_ name: String, on kafka: RealKafka) async throws {
        _ = try await kafka.topics("--delete", "--topic", name)
        let deadline = ContinuousClock.now + .seconds(20)
        while try await kafka.topics("--list").contains(name), ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    @Test("a topic made anew with a longer log is noticed, and read from its beginning when an operator says so")
    func recreatedTopic() async throws {
        try await Self.withKafka { kafka, scoring in
            try await scoring.publishForms(30, seed: 11)
            try await scoring.score(30)
            let answers = Topic.answers.name()
            try await Self.delete(answers, on: kafka)
            try await Self.create(answers, 6, on: kafka)
            try await scoring.publishForms(60, seed: 12)
            let line = try await scoring.refusal()
            #expect(line.contains("holds another record at"), "\(line)")
            #expect(line.contains("recover reread"), "\(line)")
            #expect(try await scoring.service.command("recover", "reread", "answers").code == 0)
            try await scoring.score(90)
        }
    }

    @Test("a topic made anew with a shorter log is noticed")
    func shorterTopic() async throws {
        try await Self.withKafka { kafka, scoring in
            try await scoring.publishForms(30, seed: 13)
            try await scoring.score(30)
            let answers = Topic.answers.name()
            try await Self.delete(answers, on: kafka)
            try await Self.create(answers, 6, on: kafka)
            #expect(try await scoring.refusal().contains("before the next offset"))
        }
    }

    @Test("another partition count stops the service before it reads")
    func partitionCount() async throws {
        try await Self.withKafka { kafka, scoring in
            _ = try await kafka.topics("--alter", "--topic", Topic.answers.name(), "--partitions", "7")
            #expect(try await scoring.refusal().contains("has 7 partitions where the contract says 6"))
        }
    }

    @Test("a store of yesterday, put back without a word, is noticed by the broker's memory of it")
    func yesterdaysStore() async throws {
        try await Self.withKafka { _, scoring in
            try await scoring.publishForms(20, seed: 14)
            try await scoring.score(20)
            let yesterday = scoring.service.dataDirectory + ".yesterday"
            try FileManager.default.copyItem(atPath: scoring.service.dataDirectory, toPath: yesterday)
            try await scoring.publishForms(20, seed: 15)
            try await scoring.score(40)
            for file in ["store.sqlite", "store.sqlite-wal", "store.sqlite-shm"] {
                let path = scoring.service.dataDirectory + "/" + file
                if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
            }
            try FileManager.default.copyItem(
                atPath: yesterday + "/store.sqlite", toPath: scoring.service.dataDirectory + "/store.sqlite")
            let line = try await scoring.refusal()
            #expect(line.contains("the broker remembers offset"), "\(line)")
            #expect(try await scoring.service.command("recover", "rolled-back").code == 0)
            try await scoring.score(40)
            let outcomes = try await TopicTraffic.read(.outcomes, from: scoring.servers) { $0.count >= 40 }
            #expect(outcomes.count == 40)
            try FileManager.default.removeItem(atPath: yesterday)
        }
    }

    @Test("another cluster's address stops the service, on the real thing too")
    func anotherCluster() async throws {
        try await Self.withKafka { _, scoring in
            try await scoring.publishForms(10, seed: 16)
            try await scoring.score(10)
            let other = try MockCluster(topics: TopicTraffic.topics)
            try scoring.service.start(["KAFKA_BOOTSTRAP_SERVERS": other.bootstrapServers])
            #expect(try await scoring.refusal().contains("recover adopt-cluster"))
        }
    }

    @Test("a process on a copy of the store stops while the first one lives")
    func copyOfTheStore() async throws {
        try await Self.withKafka { _, scoring in
            try await scoring.publishForms(10, seed: 17)
            try await scoring.score(10)
            let copy = try ScoringOnCluster(scoring.servers)
            try FileManager.default.copyItem(
                atPath: scoring.service.dataDirectory, toPath: copy.service.dataDirectory)
            let service = scoring.service
            try service.start()
            try await service.eventually("the first mark of the new process") {
                try await service.probe("/metrics").text.contains("kafka_consumergroup_current_offset")
            }
            #expect(try await copy.refusal().contains("a process on a copy of this store is alive"))
            #expect(service.isRunning)
            try copy.service.removeData()
        }
    }

    @Test("killed at random while forms flow, it loses and doubles nothing")
    func randomKills() async throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed of the random kills: \(seed)")
        try await Self.withKafka { _, scoring in
            var random = SeededGenerator(seed: seed)
            var total = 0
            for round in 0..<8 {
                try await scoring.publishForms(40, seed: seed &+ UInt64(round))
                total += 40
                try scoring.service.start()
                try await Task.sleep(for: .milliseconds(Int.random(in: 100...1500, using: &random)))
                scoring.service.signal(SIGKILL)
                #expect(try await scoring.service.ending() == .killed(SIGKILL))
            }
            try await scoring.score(total)
            let expected = total
            let outcomes = try await TopicTraffic.read(.outcomes, from: scoring.servers) { $0.count >= expected }
            #expect(outcomes.count == total, "seed \(seed)")
        }
    }
}
