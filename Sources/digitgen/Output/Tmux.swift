import Platform

/// How the tmux that the program runs in treats graphics.
enum Tmux {
    case noTmux
    /// tmux draws them itself, as builds with sixel support do.
    case draws
    /// tmux passes wrapped graphics on to the outer terminal.
    case passesOn
    case swallows

    /// Asks tmux for its option allow-passthrough in this pane. Before version 3.3 it had none and always passed
    /// graphics on.
    init(for kind: PreviewKind) {
        guard kind != .blocks, environment("TMUX") != nil else {
            self = .noTmux
            return
        }
        let format = "passthrough=#{allow-passthrough} features=#{client_termfeatures}"
        let answer = Self.output(of: "tmux display-message -p -t \"$TMUX_PANE\" '\(format)' 2>/dev/null")
        let words = answer.split(whereSeparator: \.isWhitespace)
        let features = words.last?.drop { $0 != "=" }.dropFirst().split(separator: ",") ?? []
        if kind == .sixel, features.contains("sixel") {
            self = .draws
        } else if let word = words.first, !["passthrough=0", "passthrough=off"].contains(word) {
            self = .passesOn
        } else {
            self = .swallows
        }
    }

    /// Gives tmux time to move the outer terminal's cursor to this pane's, which it does when idle: graphics that are
    /// passed on appear there.
    static func awaitCursor() { usleep(50_000) }

    /// A line that a shell command prints; empty if it fails.
    private static func output(of command: String) -> String {
        guard let pipe = popen(command, "r") else { return "" }
        var line = [CChar](repeating: 0, count: 1024)
        let isRead = fgets(&line, Int32(line.count), pipe) != nil
        guard pclose(pipe) == 0, isRead else { return "" }
        return String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
