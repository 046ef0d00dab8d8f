internal import Foundation

/// The part of librdkafka's statistics that is used (STATISTICS.md): a tenth of what one event holds.
struct Statistics: Decodable {
    struct Broker: Decodable {
        let state: String
        let txerrs: Int
        let txretries: Int
        let rtt: Window
        let throttle: Window
    }

    struct Window: Decodable {
        let max: Int64
        let p99: Int64
    }

    struct Topic: Decodable {
        let partitions: [String: Partition]
    }

    struct Partition: Decodable {
        let partition: Int32
        let fetchState: String
        let fetchQueueBytes: Int64
        /// The end of what may be read (last stable offset); below 0 until the first answer.
        let end: Int64

        enum CodingKeys: String, CodingKey {
            case partition
            case fetchState = "fetch_state"
            case fetchQueueBytes = "fetchq_size"
            case end = "ls_offset"
        }
    }

    let brokers: [String: Broker]
    let topics: [String: Topic]
    let queuedMessages: Int
    let queuedBytes: Int

    enum CodingKeys: String, CodingKey {
        case brokers, topics
        case queuedMessages = "msg_cnt"
        case queuedBytes = "msg_size"
    }

    /// Whether a connection to a broker stands.
    var isBrokerUp: Bool { brokers.values.contains { $0.state == "UP" } }

    /// The ends of the partitions that are being read. Partition -1, where librdkafka keeps what has no partition yet,
    /// and those at rest are left out.
    var ends: [TopicPartition: Int64] {
        var result: [TopicPartition: Int64] = [:]
        for (name, topic) in topics {
            for partition in topic.partitions.values
            where partition.partition >= 0 && partition.fetchState == "active" && partition.end >= 0 {
                result[TopicPartition(topic: name, partition: partition.partition)] = partition.end
            }
        }
        return result
    }

    /// Decodes one event's text on the cooperative pool: tens of kilobytes, not for the thread that polls.
    nonisolated static func decoded(from text: [UInt8]) async throws -> Statistics {
        try JSONDecoder().decode(Statistics.self, from: Data(text))
    }
}
