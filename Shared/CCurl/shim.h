// libcurl as Swift sees it. Only `HTTPClient` imports this module.
#pragma once
#include <curl/curl.h>
