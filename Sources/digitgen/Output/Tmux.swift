import Platform

/// The way in which the surrounding tmux treats graphics.
enum Tmux {
    case noTmux
    /// tmux draws them itself, as builds with sixel support do.
    case draws
    /// tmux passes wrapped graphics through to the outer terminal.
    case passesOn
    case swallows

    /// Queries tmux's option allow-passthrough in this pane. Versions before 3.3 have none and always pass graphics
    /// through.
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

    /// Gives tmux time to move the outer terminal's cursor to this pane's, where passed-through graphics appear. It
    /// does so when idle.
    static func awaitCursor() { usleep(50_000) }

    /// The first line of a shell command's output; empty if the command fails.
    private static func output(of command: String) -> String {
        guard let pipe = popen(command, "r") else { return "" }
        var line = [CChar](repeating: 0, count: 1024)
        let isRead = fgets(&line, Int32(line.count), pipe) != nil
        guard pclose(pipe) == 0, isRead else { return "" }
        return String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
