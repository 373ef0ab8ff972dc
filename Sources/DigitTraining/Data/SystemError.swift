import Platform

/// A call to the operating system that failed.
package struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, as in "cannot `operation` `path`".
    package let operation: String
    package let path: String
    /// The value of `errno`.
    package let code: Int32

    package init(_ operation: String, _ path: String, code: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    package var description: String {
        "cannot \(operation) \(path): \(reason)"
    }

    /// What the system says of `code`, such as "No space left on device".
    package var reason: String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
