// SQLite as Swift sees it. Only `Store` imports this module.
#pragma once
#include <sqlite3.h>
