import DigitImaging
import Glibc

/// The terminal that shows standard output.
struct Terminal {
    /// Its width in characters.
    let columns: Int
    /// Its width in pixels; nil where it does not say.
    let pixels: Int?
    /// What it can show.
    let colors: TerminalPreview.Colors

    /// nil when standard output is no terminal.
    static func standardOutput() -> Terminal? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return assumed() }
        return Terminal(
            columns: Int(size.ws_col), pixels: size.ws_xpixel > 0 ? Int(size.ws_xpixel) : nil,
            colors: colors())
    }

    /// One that cannot be asked: of the width that COLUMNS says, or 80.
    static func assumed() -> Terminal {
        let columns = environment("COLUMNS").flatMap { Int($0) } ?? 0
        return Terminal(columns: columns > 0 ? min(columns, 100_000) : 80, pixels: nil, colors: colors())
    }

    /// What the environment says of colours: https://no-color.org, and the customs around TERM and COLORTERM.
    private static func colors() -> TerminalPreview.Colors {
        guard let term = environment("TERM"), term != "dumb", environment("NO_COLOR") == nil else {
            return .none
        }
        if let depth = environment("COLORTERM"), depth == "truecolor" || depth == "24bit" { return .full }
        if term.contains("direct") { return .full }
        let families = ["xterm", "screen", "tmux", "rxvt", "linux", "alacritty", "foot"]
        return term.contains("256color") || families.contains { term.hasPrefix($0) } ? .palette : .none
    }

    /// The value of an environment variable; nil when it is not set or empty.
    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), !value.isEmpty else { return nil }
        return value
    }
}
