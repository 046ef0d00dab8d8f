#include "CSanitizer.h"
