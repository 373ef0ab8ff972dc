import DigitImaging
import Platform

/// Where the images go.
enum Destination {
    /// A terminal shows them.
    case terminal(Terminal, PreviewKind)
    /// Standard output is a file or a pipe.
    case standardOutput
    /// A path that `-o` named.
    case path(String)

    /// `output` is the value of `-o`. A `preview` that was asked for goes wherever standard output does.
    init(output: String?, preview: PreviewKind?) {
        if let preview {
            self = .terminal(Terminal(STDOUT_FILENO) ?? .assumed(), preview)
        } else if let output, output != "-" {
            self = .path(output)
        } else if let terminal = Terminal(STDOUT_FILENO) {
            self = .terminal(terminal, .blocks)
        } else {
            self = .standardOutput
        }
    }
}
