// Lets programs that use librdkafka run under the thread sanitizer; empty in any other build. See CSanitizer.c.
#pragma once
