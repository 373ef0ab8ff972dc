// What the kernel tester uses of the header.
#pragma once

#include <stddef.h>

int snprintf(char *text, size_t size, const char *format, ...);
