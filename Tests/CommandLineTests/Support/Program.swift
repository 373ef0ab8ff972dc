import Glibc

/// The built program, as a user runs it.
enum Program {
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
                if isExecutableFile("\(folder)/digitgen") { return "\(folder)/digitgen" }
            }
        }
        return nil
    }()

    /// Starts the program in the folder `folder`, with nothing but `environment` ("NAME=value") in its
    /// environment.
    static func start(
        _ arguments: [String], environment: [String] = [], input: Execution.Input = .none,
        output: Execution.Output = .file, folder: String = "/"
    ) throws -> Execution {
        guard let path else { throw Execution.CannotRun(reason: "digitgen was not built") }
        return try Execution(
            path, arguments, environment: environment, input: input, output: output, folder: folder)
    }

    /// Runs the program to its end.
    static func run(
        _ arguments: [String], environment: [String] = [], input: Execution.Input = .none,
        output: Execution.Output = .file, folder: String = "/"
    ) throws -> Execution.Outcome {
        try start(arguments, environment: environment, input: input, output: output, folder: folder).outcome()
    }

    /// Runs the program to its end.
    static func run(
        _ arguments: String..., environment: [String] = [], input: Execution.Input = .none,
        output: Execution.Output = .file, folder: String = "/"
    ) throws -> Execution.Outcome {
        try run(arguments, environment: environment, input: input, output: output, folder: folder)
    }

    private static func isExecutableFile(_ path: String) -> Bool {
        var status = stat()
        return access(path, X_OK) == 0 && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
