import Foundation
import Kafka
import Runtime
import Testing

/// What every Kafka must do for us: run on the mock cluster, and on a real one where there is one.
enum Conformance: String, CaseIterable, Sendable {
    case recordsComeBackWhole
    case orderHoldsPerKey
    case readingStartsAtTheGivenOffset
    case watermarksTellBothEnds
    case singleRecordsAreFound
    case commitsCarryMetadata
    case offsetBeyondTheEndStopsReading
    case clusterAndTopicDescribeThemselves
    case keysFallAsInJava
    case closingIsQuick

    static let topic = "conformance"
    static let partitions: Int32 = 6

    func run(on clients: TestClients, topic: String) async throws {
        switch self {
        case .recordsComeBackWhole: try await Self.recordsComeBackWhole(clients, topic)
        case .orderHoldsPerKey: try await Self.orderHoldsPerKey(clients, topic)
        case .readingStartsAtTheGivenOffset: try await Self.readingStartsAtTheGivenOffset(clients, topic)
        case .watermarksTellBothEnds: try await Self.watermarksTellBothEnds(clients, topic)
        case .singleRecordsAreFound: try await Self.singleRecordsAreFound(clients, topic)
        case .commitsCarryMetadata: try await Self.commitsCarryMetadata(clients, topic)
        case .offsetBeyondTheEndStopsReading: try await Self.offsetBeyondTheEndStopsReading(clients, topic)
        case .clusterAndTopicDescribeThemselves: try await Self.clusterAndTopicDescribeThemselves(clients, topic)
        case .keysFallAsInJava: try await Self.keysFallAsInJava(clients, topic)
        case .closingIsQuick: try await Self.closingIsQuick(clients, topic)
        }
    }

    /// Publishes, expects all to be taken, and gives the places.
    @discardableResult
    static func publish(_ records: [OutgoingRecord], _ clients: TestClients) async throws -> [(Int32, Int64)] {
        let producer = try clients.producer()
        let results = await producer.publish(records, deadline: .seconds(30))
        #expect(await producer.close(deadline: .seconds(2)) == .closed)
        return try results.map { result in
            guard case .persisted(let partition, let offset) = result else { throw NotPersisted(result: result) }
            return (partition, try #require(offset))
        }
    }

    struct NotPersisted: Error { let result: PublishResult }

    static func places(_ topic: String) -> [TopicPartition] {
        (0..<partitions).map { TopicPartition(topic: topic, partition: $0) }
    }

    static func starts(_ topic: String) -> [TopicPartition: Int64] {
        Dictionary(uniqueKeysWithValues: places(topic).map { ($0, 0) })
    }

    private static func recordsComeBackWhole(_ clients: TestClients, _ topic: String) async throws {
        let headers = [
            Header("ce_id", "1"), Header(name: "none", value: nil), Header("empty", ""), Header("ce_id", "2"),
        ]
        let before = Timestamp(Date())
        let places = try await publish(
            [
                OutgoingRecord(topic, "k", "värde", headers: headers),
                OutgoingRecord(topic: topic, key: Array("k".utf8), value: nil),
                OutgoingRecord(topic: topic, key: Array("k".utf8), value: []),
                OutgoingRecord(topic: topic, key: [], value: [0, 255]),
            ], clients)
        #expect(places[0].0 == places[1].0)
        let consumer = try clients.consumer()
        try await consumer.assign(starts(topic))
        let records = try await consumer.read(4)
        let keyed = records.filter { $0.keyText == "k" }
        #expect(keyed.map(\.value) == [Array("värde".utf8), nil, []])
        #expect(keyed.map(\.offset) == places[0..<3].map(\.1))
        #expect(keyed.first?.headers == headers)
        let time = try #require(keyed.first?.timestamp)
        #expect(time >= before && time <= Timestamp(Date()))
        #expect(records.first { $0.key == [] }?.value == [0, 255])
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func orderHoldsPerKey(_ clients: TestClients, _ topic: String) async throws {
        try await publish((0..<2_000).map { OutgoingRecord(topic, "key-\($0 % 37)", String($0)) }, clients)
        let consumer = try clients.consumer()
        try await consumer.assign(starts(topic))
        let records = try await consumer.read(2_000)
        #expect(records.count == 2_000)
        for (key, ofKey) in Dictionary(grouping: records, by: \.keyText) {
            let values = ofKey.compactMap(\.text).compactMap(Int.init)
            #expect(values == values.sorted(), "key \(key ?? "none")")
            #expect(Set(ofKey.map(\.topicPartition)).count == 1)
        }
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func readingStartsAtTheGivenOffset(_ clients: TestClients, _ topic: String) async throws {
        let places = try await publish((0..<10).map { OutgoingRecord(topic, "same", String($0)) }, clients)
        let place = TopicPartition(topic: topic, partition: places[0].0)
        let consumer = try clients.consumer()
        try await consumer.assign([place: places[7].1])
        #expect(try await consumer.read(3).map(\.text) == ["7", "8", "9"])
        // A new assignment replaces the old one, and nothing of the old one is left in the queue.
        try await consumer.assign([place: places[2].1])
        #expect(try await consumer.read(8).map(\.text) == (2..<10).map(String.init))
        #expect(try await consumer.poll(recordsMax: 1, bytesMax: 1, bytesMin: 1, linger: .zero).isEmpty)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func watermarksTellBothEnds(_ clients: TestClients, _ topic: String) async throws {
        let places = try await publish((0..<5).map { OutgoingRecord(topic, "same", String($0)) }, clients)
        let place = TopicPartition(topic: topic, partition: places[0].0)
        let consumer = try clients.consumer()
        #expect(try await consumer.watermarks(of: place, timeout: .seconds(10)) == Watermarks(low: 0, high: 5))
        let all = try await consumer.watermarks(of: Self.places(topic), timeout: .seconds(10))
        #expect(all.count == Int(partitions))
        #expect(all.values.reduce(0) { $0 + $1.high } == 5)
        try await consumer.assign([place: 0])
        #expect(try await consumer.ends(timeout: .seconds(10)) == [place: 5])
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func singleRecordsAreFound(_ clients: TestClients, _ topic: String) async throws {
        let places = try await publish((0..<5).map { OutgoingRecord(topic, "same", String($0)) }, clients)
        let place = TopicPartition(topic: topic, partition: places[0].0)
        let consumer = try clients.consumer()
        #expect(try await consumer.record(at: 3, of: place, timeout: .seconds(10))?.text == "3")
        #expect(try await consumer.record(at: 5, of: place, timeout: .seconds(10)) == nil)
        #expect(try await consumer.record(at: 77, of: place, timeout: .seconds(10)) == nil)
        try await consumer.assign([place: 1])
        #expect(try await consumer.read(1).first?.text == "1")
        #expect(try await consumer.record(at: 0, of: place, timeout: .seconds(10))?.text == "0")
        let many = try await consumer.records(at: starts(topic), timeout: .seconds(10))
        #expect(many.mapValues(\.text) == [place: "0"])
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func commitsCarryMetadata(_ clients: TestClients, _ topic: String) async throws {
        try await publish([OutgoingRecord(topic, "k", "v")], clients)
        let places = Self.places(topic)
        let consumer = try clients.consumer(group: "group-of-\(topic)")
        try await consumer.assign([places[0]: 0])
        #expect(try await consumer.committed(places, timeout: .seconds(20)).isEmpty)
        let metadata = #"{"store":"8f0c","epoch":3}"#
        await consumer.commit([places[0]: 1, places[3]: 41], metadata: metadata)
        try await eventually("the commit reads back") {
            _ = try await consumer.poll(recordsMax: 10, bytesMax: 1_000, bytesMin: 0, linger: .zero)
            return try await consumer.committed(places, timeout: .seconds(10)) == [
                places[0]: CommittedOffset(offset: 1, metadata: metadata),
                places[3]: CommittedOffset(offset: 41, metadata: metadata),
            ]
        }
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func offsetBeyondTheEndStopsReading(_ clients: TestClients, _ topic: String) async throws {
        let places = try await publish([OutgoingRecord(topic, "k", "v")], clients)
        let place = TopicPartition(topic: topic, partition: places[0].0)
        let consumer = try clients.consumer()
        try await consumer.assign([place: 1_000])
        do {
            let records = try await consumer.read(1, within: .seconds(10))
            Issue.record("read \(records.count) records beyond the end")
        } catch let failure as KafkaFailure {
            #expect(failure.code == .offsetOutsideLog)
            #expect(failure.disposition == .fatal)
            #expect(failure.place == place)
        }
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    private static func clusterAndTopicDescribeThemselves(_ clients: TestClients, _ topic: String) async throws {
        let consumer = try clients.consumer()
        let id = try await consumer.clusterID(timeout: .seconds(10))
        #expect(!id.isEmpty)
        #expect(try await consumer.clusterID(timeout: .seconds(10)) == id)
        #expect(try await consumer.partitionCount(of: topic, timeout: .seconds(10)) == partitions)
        #expect(consumer.contact.isAvailable)
        #expect(await consumer.close(deadline: .seconds(2)) == .closed)
    }

    /// Vectors of Kafka's own test of its hash (`UtilsTest.testMurmur2`): sign bit off, modulo the partitions.
    private static func keysFallAsInJava(_ clients: TestClients, _ topic: String) async throws {
        let hashes: [(String, Int32)] = [
            ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829), ("abc", 479_470_107),
        ]
        let places = try await publish(hashes.map { OutgoingRecord(topic, $0.0, "") }, clients)
        #expect(places.map(\.0) == hashes.map { ($0.1 & 0x7FFF_FFFF) % partitions })
    }

    private static func closingIsQuick(_ clients: TestClients, _ topic: String) async throws {
        let producer = try clients.producer()
        _ = await producer.publish((0..<100).map { OutgoingRecord(topic, "\($0)", "v") }, deadline: .seconds(30))
        let consumer = try clients.consumer()
        try await consumer.assign(starts(topic))
        // Most of what was fetched stays unread in the client when it is closed.
        _ = try await consumer.read(1)
        await consumer.commit([places(topic)[0]: 1], metadata: "m")
        let start = ContinuousClock.now
        #expect(await consumer.close(deadline: .seconds(10)) == .closed)
        #expect(await producer.close(deadline: .seconds(10)) == .closed)
        #expect(ContinuousClock.now - start < .seconds(2))
        #expect(await consumer.close(deadline: .seconds(1)) == .closed, "closing again changes nothing")
        await #expect(throws: KafkaFailure.self) { _ = try await consumer.clusterID(timeout: .seconds(1)) }
        #expect(
            await producer.publish([OutgoingRecord(topic, "k", "v")], deadline: .seconds(1))[0].retried?.code == .closed
        )
    }
}
