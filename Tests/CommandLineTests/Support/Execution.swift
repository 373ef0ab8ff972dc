import Glibc
import TestSupport

/// A process, from its start to its end, and what it wrote.
struct Execution {
    /// How a process ended.
    struct Outcome {
        /// The exit status, or 128 and the number of the signal that ended it.
        var status: Int32
        var output: [UInt8]
        var errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// What standard output is.
    enum Output {
        case file
        /// A pipe whose reader has gone.
        case closedPipe
        /// Nothing is open.
        case closed
        /// A terminal of so many columns and rows.
        case terminal(columns: UInt16, rows: UInt16 = 24)
        /// The file at this path.
        case path(String)
        /// A pipe in O_NONBLOCK that is read slowly.
        case slowPipe
    }

    /// What standard input is.
    enum Input {
        /// /dev/null.
        case none
        /// A pipe in O_NONBLOCK into which these pieces come, slowly.
        case slowPipe([String])
    }

    struct CannotRun: Error {
        let reason: String
    }

    private let results = TemporaryFolder()
    private let process: pid_t
    private var terminal: PseudoTerminal?
    private var inputPieces: [String] = []
    /// Our ends of slow pipes; -1 where there is none.
    private var (inputEnd, outputEnd): (Int32, Int32) = (-1, -1)

    /// Starts `executable` in the folder `folder`, with nothing but `environment` ("NAME=value") in its
    /// environment.
    init(
        _ executable: String, _ arguments: [String], environment: [String] = [], input: Input = .none,
        output: Output = .file, folder: String = "/"
    ) throws {
        results.write([], to: "output")
        results.write([], to: "errors")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 2, results.path("errors"), O_WRONLY, 0)
        var pipeEnds: [Int32] = [-1, -1]
        defer { for end in pipeEnds where end >= 0 { close(end) } }
        var inputEnds: [Int32] = [-1, -1]
        defer { close(inputEnds[0]) }
        switch input {
        case .none: posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .slowPipe(let pieces):
            inputEnds = try Self.makePipe()
            _ = fcntl(inputEnds[0], F_SETFL, O_NONBLOCK)
            posix_spawn_file_actions_adddup2(&actions, inputEnds[0], 0)
            (inputPieces, inputEnd) = (pieces, inputEnds[1])
        }
        switch output {
        case .file: posix_spawn_file_actions_addopen(&actions, 1, results.path("output"), O_WRONLY, 0)
        case .path(let path): posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY, 0)
        case .closed: posix_spawn_file_actions_addclose(&actions, 1)
        case .closedPipe:
            pipeEnds = try Self.makePipe()
            close(pipeEnds[0])
            pipeEnds[0] = -1
            posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], 1)
        case .terminal(let columns, let rows):
            let terminal = try PseudoTerminal(columns: columns, rows: rows)
            posix_spawn_file_actions_addopen(&actions, 1, terminal.path, O_WRONLY | O_NOCTTY, 0)
            self.terminal = terminal
        case .slowPipe:
            pipeEnds = try Self.makePipe()
            _ = fcntl(pipeEnds[1], F_SETFL, O_NONBLOCK)
            posix_spawn_file_actions_adddup2(&actions, pipeEnds[1], 1)
            outputEnd = pipeEnds[0]
            pipeEnds[0] = -1
        }
        process = try Self.spawn(
            ["env", "-C", folder, "-i"] + environment + [executable] + arguments, &actions)
    }

    /// Sends `signal` as soon as `isReady` says so.
    func send(_ signal: Int32, when isReady: () -> Bool) {
        // A program that has failed says so, and will not become ready.
        while !isReady(), results.contents("errors") == [] { usleep(2000) }
        kill(process, signal)
    }

    /// Waits for the end. With `stuck`, that signal is sent when the slow pipe is full, and only then it is read.
    func outcome(stuck signal: Int32? = nil) -> Outcome {
        for piece in inputPieces {
            usleep(20_000)
            _ = piece.withCString { write(inputEnd, $0, strlen($0)) }
        }
        if inputEnd >= 0 { close(inputEnd) }
        if let signal {
            var (before, now): (Int32, Int32) = (-1, 0)
            while before != now || now == 0 {
                usleep(50_000)
                (before, _) = (now, ioctl(outputEnd, UInt(FIONREAD), &now))
            }
            kill(process, signal)
            var information = siginfo_t()
            waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT)
        }
        let shown = outputEnd >= 0 ? readSlowly() : terminal?.read()
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1 && errno == EINTR {}
        let signal = status & 0x7F
        return Outcome(
            status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            output: shown ?? results.contents("output") ?? [],
            errors: String(decoding: results.contents("errors") ?? [], as: UTF8.self))
    }

    /// Everything that comes out of the slow pipe.
    private func readSlowly() -> [UInt8] {
        defer { close(outputEnd) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 20_000)
        while true {
            usleep(5000)
            let count = read(outputEnd, &buffer, buffer.count)
            if count > 0 { bytes += buffer[..<count] } else if count == 0 || errno != EINTR { return bytes }
        }
    }

    /// The ends of a pipe that no other process gets.
    private static func makePipe() throws -> [Int32] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw CannotRun(reason: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return ends
    }

    /// Starts env, which sets folder and environment and then becomes the program. Every signal has its default
    /// effect, as from a shell; tests in this process ignore some, and so may what has started it.
    private static func spawn(
        _ words: [String], _ actions: inout posix_spawn_file_actions_t
    ) throws -> pid_t {
        var process = pid_t()
        let pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let status = posix_spawn(&process, "/usr/bin/env", &actions, &attributes, pointers, nil)
        guard status == 0 else { throw CannotRun(reason: String(cString: strerror(status))) }
        return process
    }
}
