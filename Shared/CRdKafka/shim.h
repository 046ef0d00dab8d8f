// librdkafka as Swift sees it. Only `Kafka` (and the tests' mock cluster) imports this module.
#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

// Variadic in librdkafka, and so out of Swift's reach: the next request of this kind to this broker is answered with
// `error` after `delay_ms`. For tests.
static inline rd_kafka_resp_err_t barnsakert_mock_push_late_answer(rd_kafka_mock_cluster_t *cluster, int32_t broker,
                                                                   int16_t api_key, rd_kafka_resp_err_t error,
                                                                   int delay_ms) {
    return rd_kafka_mock_broker_push_request_error_rtts(cluster, broker, api_key, 1, error, delay_ms);
}
