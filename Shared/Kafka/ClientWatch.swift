internal import CRdKafka
internal import Telemetry

/// What consumer and producer do alike with the events that are no records and no reports: log, count, remember.
struct ClientWatch: Sendable {
    let metrics: ClientMetrics
    let contact = BrokerContact()
    private let logger: Logger

    init(_ role: Role, group: String, logger: Logger, registry: MetricsRegistry) {
        metrics = ClientMetrics(role, group: group, registry: registry)
        self.logger = logger
    }

    /// The broker just answered.
    func noteContact() {
        contact.note(isAvailable: true)
        metrics.show(isAvailable: true)
    }

    func note(_ failure: KafkaFailure) {
        contact.note(failure)
        if failure.code == KafkaFailure.Code(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
            contact.note(isAvailable: false)
            metrics.show(isAvailable: false)
        }
        let fields = [
            Field("error.code", shown: failure.name), Field("error.message", shown: failure.reason),
            Field("disposition", shown: failure.disposition.rawValue),
        ]
        // librdkafka's own log tells of each lost connection already.
        if failure.disposition == .informational {
            logger.debug("kafka client reports", fields[0], fields[1], fields[2])
        } else {
            logger.warning("kafka client reports", fields[0], fields[1], fields[2])
        }
    }

    func note(commit failure: KafkaFailure?) {
        guard let failure else { return noteContact() }
        metrics.commitFailures.add()
        logger.debug(
            "advisory commit failed", Field("error.code", shown: failure.name),
            Field("error.message", shown: failure.reason))
    }

    /// librdkafka logs by syslog's levels. Its errors are ours to warn of: it goes on by itself, and what has
    /// consequences comes as a failure too.
    ///
    /// Both clients get the same settings, so that one of the other kind is no fault; and a broker that doesn't know
    /// `allow.auto.create.topics` is either older than ours may be or the mock.
    func note(level: Int32, facility: String, text: String) {
        let fields = (Field("facility", shown: facility), Field("librdkafka", shown: text))
        switch level {
        case _ where ["AUTOCREATE", "CONFWARN"].contains(facility): logger.debug("librdkafka", fields.0, fields.1)
        case ...4: logger.warning("librdkafka", fields.0, fields.1)
        case 5...6: logger.info("librdkafka", fields.0, fields.1)
        default: logger.debug("librdkafka", fields.0, fields.1)
        }
    }

    /// Only certificates identify a service here; a token is asked for when an operator configured OAUTHBEARER.
    func refuseToken(_ client: Client) {
        rd_kafka_oauthbearer_set_token_failure(client.handle, "OAUTHBEARER is not supported; use certificates (ssl.*)")
    }

    /// Decodes statistics away from the calling actor's thread and shows them; nil if they can't be read.
    func show(statistics text: [UInt8]) async -> Statistics? {
        do {
            let statistics = try await Statistics.decoded(from: text)
            contact.note(isAvailable: statistics.isBrokerUp)
            metrics.show(isAvailable: statistics.isBrokerUp)
            metrics.show(statistics)
            return statistics
        } catch {
            metrics.unreadableStatistics.add()
            return nil
        }
    }
}
