// librdkafka as Swift sees it. Only `Kafka` (and the tests' mock cluster) imports this module.
#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
