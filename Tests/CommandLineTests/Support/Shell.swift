import Glibc

/// Runs scripts as a user does, with the built program on the PATH.
enum Shell {
    /// Runs `script` by bash, in the folder `folder`, to its end.
    static func run(_ script: String, folder: String) throws -> Execution.Outcome {
        try start(script, folder: folder).outcome()
    }

    /// Starts `script` in the same way.
    static func start(_ script: String, folder: String) throws -> Execution {
        guard let program = Program.path, let slash = program.lastIndex(of: "/") else {
            throw Execution.CannotRun(reason: "digitgen was not built")
        }
        var environment = ["PATH=\(program[..<slash]):\(variable("PATH") ?? "/usr/bin:/bin")"]
        // What tools/test tells AddressSanitizer is for children, too.
        for name in ["HOME", "ASAN_OPTIONS"] {
            if let value = variable(name) { environment.append("\(name)=\(value)") }
        }
        return try Execution("bash", ["-c", script], environment: environment, folder: folder)
    }

    /// Whether a command of this name is there.
    static func has(_ command: String) -> Bool {
        (try? run("command -v \(command)", folder: "/"))?.status == 0
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }
}
