// The C library, which whatever imports Platform sees too: no other module asks which one there is.
#if canImport(Darwin)
    @_exported import Darwin
#else
    @_exported import Glibc
#endif
