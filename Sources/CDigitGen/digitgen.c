#include "include/digitgen.h"

// The functions are in Sources/DigitInterface. This structure is part of the binary interface.
_Static_assert(sizeof(void *) != 8 || sizeof(digitgen_request) == 136, "digitgen_request has changed its layout");
