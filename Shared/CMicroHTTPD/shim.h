// libmicrohttpd as Swift sees it. Only `HTTPServer` imports this module.
#pragma once
#include <microhttpd.h>
