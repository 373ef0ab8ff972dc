import Platform

/// The signals that ask a process to end: SIGINT from ctrl-C, SIGTERM from other programs, SIGHUP when the terminal
/// goes.
package enum TerminationSignals {
    /// Those that the process was not started to ignore, as nohup starts it: blocking such a one would bring it back.
    package static var heeded: [Int32] { [SIGINT, SIGTERM, SIGHUP].filter { !isIgnored($0) } }

    /// As a set to block or to wait for.
    package static func set(of signals: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }

    private static func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(signal, nil, &action) == 0 else { return false }
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        // SIG_IGN is the number 1 in the place of a function, which Swift cannot compare as such.
        return unsafeBitCast(handler, to: Int.self) == 1
    }
}
