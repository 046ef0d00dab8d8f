internal import CFixedPort
internal import Events
internal import Foundation
internal import Runtime
internal import Telemetry

/// A Kafka for machines that have none: librdkafka's mock cluster in a process of its own, on a fixed port, with the
/// catalogue's topics. `development-broker [PORT]`, or `DEVELOPMENT_BROKER_PORT`; 19092 otherwise. Anything that speaks
/// Kafka replaces it by an address; `TopicCommand` prepares one.
@main
enum DevelopmentBroker {
    static func main() async {
        let environment = ProcessInfo.processInfo.environment
        let logger = Logger.standardOutput(
            service: "development-broker", version: "1", level: .info, time: .system, metrics: MetricsRegistry())
        if let command = TopicCommand(Array(CommandLine.arguments.dropFirst()), environment: environment) {
            do {
                try command.perform()
            } catch {
                logger.error("refused by the broker", Field("error.message", shown: String(describing: error)))
                exit(69)
            }
            return
        }
        let given = CommandLine.arguments.dropFirst().first ?? environment["DEVELOPMENT_BROKER_PORT"] ?? "19092"
        guard let port = UInt16(given), port > 0 else {
            logger.error("the port is not a number from 1 to 65535", Field("port", shown: given))
            exit(78)
        }
        let stop = StopSignal()
        let signals = TerminationSignals(raising: stop)
        let fault = fixed_port_set(port)
        if fault != 0 {
            logger.error(
                "the port can't be had", Field("port", shown: port),
                Field("error.message", shown: String(cString: strerror(fault))))
            exit(69)
        }
        let prefix = environment["KAFKA_TOPIC_PREFIX"] ?? ""
        let topics = Catalogue.contracts.map { (name: $0.topic.name(prefix: prefix), partitions: $0.partitions) }
        do {
            let cluster = try TopicCluster(topics: topics)
            fixed_port_open()
            logger.info(
                "keeps nothing on disk, and of a partition only 5 MiB or 100 000 batches; what is older goes silently",
                Field("kafka.bootstrap", shown: cluster.bootstrapServers), Field("topics", shown: topics.count),
                Field("topic_prefix", shown: prefix), Field("process.pid", shown: getpid()))
            await stop.wait()
            withExtendedLifetime((cluster, signals)) {}
        } catch {
            logger.error(
                "could not start", Field("error.message", shown: String(describing: error)))
            exit(69)
        }
        logger.info("stopped; all records are gone")
    }
}
