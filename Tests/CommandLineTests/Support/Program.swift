import Glibc
import TestSupport

/// The built program, as a user runs it.
enum Program {
    /// How a run ended.
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
        /// A terminal of so many columns.
        case terminal(columns: UInt16)
        /// The file at this path.
        case path(String)
    }

    struct CannotRun: Error {
        let reason: String
    }

    /// The executable beside the test bundle; nil when it was not built.
    static let path: String? = {
        var link = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &link, link.count)
        // Some runners load the tests as a library: then the argument that names it shows the way.
        let places = [String(decoding: link.prefix(max(count, 0)), as: UTF8.self)] + CommandLine.arguments
        for place in places {
            var folder = place[...]
            while let slash = folder.lastIndex(of: "/") {
                folder = folder[..<slash]
                if access("\(folder)/digitgen", X_OK) == 0, isFile("\(folder)/digitgen") {
                    return "\(folder)/digitgen"
                }
            }
        }
        return nil
    }()

    /// Runs the program to its end, in the folder `folder`, with nothing but `environment` ("NAME=value") in its
    /// environment.
    static func run(
        _ arguments: String..., environment: [String] = [], output: Output = .file, folder: String = "/"
    ) throws -> Outcome {
        try run(arguments, environment: environment, output: output, folder: folder)
    }

    /// The same, for arguments in an array.
    static func run(
        _ arguments: [String], environment: [String] = [], output: Output = .file, folder: String = "/"
    ) throws -> Outcome {
        let results = TemporaryFolder()
        results.write([], to: "output")
        results.write([], to: "errors")
        let process: pid_t
        var shown: [UInt8]?
        switch output {
        case .file, .path:
            let path = if case .path(let path) = output { path } else { results.path("output") }
            process = try spawn(arguments, environment, folder, results) {
                posix_spawn_file_actions_addopen(&$0, 1, path, O_WRONLY, 0)
            }
        case .closed:
            process = try spawn(arguments, environment, folder, results) {
                posix_spawn_file_actions_addclose(&$0, 1)
            }
        case .closedPipe:
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { throw CannotRun(reason: "no pipe") }
            close(ends[0])
            process = try spawn(arguments, environment, folder, results) {
                posix_spawn_file_actions_adddup2(&$0, ends[1], 1)
            }
            close(ends[1])
        case .terminal(let columns):
            let terminal = try PseudoTerminal(columns: columns)
            process = try spawn(arguments, environment, folder, results) {
                posix_spawn_file_actions_addopen(&$0, 1, terminal.path, O_WRONLY | O_NOCTTY, 0)
            }
            shown = terminal.read()
        }
        let status = wait(for: process)
        return Outcome(
            status: status, output: shown ?? results.contents("output") ?? [],
            errors: String(decoding: results.contents("errors") ?? [], as: UTF8.self))
    }

    /// Runs the program in the folder `folder` and sends it `signal` when `isReady` says so.
    static func run(
        _ arguments: [String], folder: String, sending signal: Int32, when isReady: () -> Bool
    ) throws -> Outcome {
        let results = TemporaryFolder()
        results.write([], to: "output")
        results.write([], to: "errors")
        let process = try spawn(arguments, [], folder, results) {
            posix_spawn_file_actions_addopen(&$0, 1, results.path("output"), O_WRONLY, 0)
        }
        // A program that has failed says so, and will not become ready.
        while !isReady(), results.contents("errors") == [] { usleep(2000) }
        kill(process, signal)
        let status = wait(for: process)
        return Outcome(
            status: status, output: results.contents("output") ?? [],
            errors: String(decoding: results.contents("errors") ?? [], as: UTF8.self))
    }

    /// Starts the program; `addOutput` says what its standard output is.
    private static func spawn(
        _ arguments: [String], _ environment: [String], _ folder: String, _ results: TemporaryFolder,
        addOutput: (inout posix_spawn_file_actions_t) -> Void
    ) throws -> pid_t {
        guard let path else { throw CannotRun(reason: "digitgen was not built") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        addOutput(&actions)
        posix_spawn_file_actions_addopen(&actions, 2, results.path("errors"), O_WRONLY, 0)

        // env sets folder and environment, and becomes the program.
        let words = ["env", "-C", folder, "-i"] + environment + [path] + arguments
        var process = pid_t()
        let pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        let status = posix_spawn(&process, "/usr/bin/env", &actions, nil, pointers, nil)
        guard status == 0 else { throw CannotRun(reason: String(cString: strerror(status))) }
        return process
    }

    private static func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) == -1 && errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
