import Platform

/// A terminal: how large it is, and what its environment says it can show.
package struct Terminal: Sendable {
    /// Its width in characters.
    package let columns: Int
    /// Its height in lines; nil where nobody says.
    package let rows: Int?
    /// Its size in pixels; nil where it does not say.
    package let pixels: (width: Int, height: Int)?
    /// The colours that it can show.
    package let colors: TerminalPreview.Colors

    /// nil when `descriptor` is no terminal.
    package init?(_ descriptor: Int32) {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            self = .assumed()
            return
        }
        self.init(
            columns: Int(size.ws_col), rows: size.ws_row > 0 ? Int(size.ws_row) : nil,
            pixels: size.ws_xpixel > 0 && size.ws_ypixel > 0
                ? (Int(size.ws_xpixel), Int(size.ws_ypixel)) : nil)
    }

    /// One that cannot be asked: of the size that COLUMNS and LINES say, 80 columns wide without.
    package static func assumed() -> Terminal {
        func number(_ name: String) -> Int? {
            environment(name).flatMap { Int($0) }.flatMap { $0 > 0 ? min($0, 100_000) : nil }
        }
        return Terminal(columns: number("COLUMNS") ?? 80, rows: number("LINES"), pixels: nil)
    }

    private init(columns: Int, rows: Int?, pixels: (width: Int, height: Int)?) {
        self.columns = columns
        self.rows = rows
        self.pixels = pixels
        colors = Self.colors()
    }

    /// True if it obeys escape sequences.
    package static var takesEscapes: Bool { environment("TERM").map { $0 != "dumb" } ?? false }

    /// True if it rewraps its lines when it gets narrower, as xterm does not.
    package static var reflows: Bool {
        ["TMUX", "TERM_PROGRAM", "VTE_VERSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION"]
            .contains { environment($0) != nil }
    }

    /// True if the locale's encoding is UTF-8: of the variables that POSIX looks at, the first that is set counts.
    private static var isUTF8: Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first ?? "C"
        let encoding = locale.prefix { $0 != "@" }.drop { $0 != "." }.dropFirst().lowercased()
        return encoding == "utf-8" || encoding == "utf8"
    }

    /// The colours by the environment: https://no-color.org, and the customs around TERM and
    /// COLORTERM.
    private static func colors() -> TerminalPreview.Colors {
        guard isUTF8 else { return .letters }
        guard takesEscapes, let term = environment("TERM"), environment("NO_COLOR") == nil else {
            return .none
        }
        if let depth = environment("COLORTERM"), depth == "truecolor" || depth == "24bit" { return .full }
        if term.contains("direct") { return .full }
        let families = ["xterm", "screen", "tmux", "rxvt", "linux", "alacritty", "foot"]
        return term.contains("256color") || families.contains { term.hasPrefix($0) } ? .palette : .none
    }
}
