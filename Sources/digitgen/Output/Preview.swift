import DigitImaging
import DigitService
import Platform

/// Shows images on a terminal, as many as fit.
struct Preview {
    /// The limit of images on a screen of any size.
    private static let limit = 200
    /// The default scale of graphics: at 1 a digit is the size of three letters.
    private static let graphicsScale = 2
    /// The least scale at which a digit of blocks is legible.
    private static let smallestBlocks = 1.0 / 3
    /// The assumed size of a character in pixels if the terminal does not report it.
    private static let character = (width: 8, height: 16)

    let kind: PreviewKind
    let terminal: Terminal
    /// The arrangement of the images.
    let layout: GridLayout
    /// True if the screen determines the number of images in a row; otherwise `layout` does.
    let fitsColumns: Bool
    /// True if the user chose the scale of `layout`. (Blocks have none.)
    let isScaled: Bool
    /// True if graphics are drawn from the model's ink instead of enlarged.
    let drawsInk: Bool

    /// Draws as many images as fit on the screen and prints `command`, which saves all of them.
    func show(_ source: DigitSource, command: String) throws {
        let count = source.sequence.request.count
        let tmux = Tmux(for: kind)
        if case .swallows = tmux {
            try Preview(
                kind: .blocks, terminal: terminal, layout: layout, fitsColumns: fitsColumns,
                isScaled: isScaled, drawsInk: drawsInk
            ).show(source, command: command)
            StandardError.print(
                "tmux blocks graphics; to allow them: tmux set -p allow-passthrough on")
            return
        }
        let keep = "To keep them: \(command)"
        let lines = self.lines(beside: [keep, Self.remainder(shown: count, of: count, "")])
        let scale = scale(lines: lines, cell: source.size.height)
        let layout = try GridLayout(
            columns: fitsColumns && layout.labels == nil ? nil : layout.columns, scale: scale,
            filter: layout.filter, padding: layout.padding, invert: layout.invert, labels: layout.labels)
        let digits = source.size.width / source.size.height
        let fit = ScreenFit(
            count: min(count, Self.limit), digits: digits, cell: source.size.height, on: screen(lines: lines),
            layout: layout)
        try write(
            picture(source, fit, layout.with(columns: fit.columns)), lines: lines, tmux,
            to: DescriptorSink.standardOutput())
        if let styles = stylesOfRows(among: fit.count) { StandardError.print(styles) }
        let shownDigits = min(digits, fit.digitsPerLine * fit.lines)
        if shownDigits < digits {
            StandardError.print(Self.remainder(shown: shownDigits, of: digits, " digits"))
        }
        if fit.count < count { StandardError.print(Self.remainder(shown: fit.count, of: count, "")) }
        StandardError.print(keep)
    }

    /// Shows a picture of the first lines of several and prints `command`, which saves all of them.
    func show(_ picture: GrayImage, shown: Int, of count: Int, command: String) throws {
        let tmux = Tmux(for: kind)
        if case .swallows = tmux {
            return try Preview(
                kind: .blocks, terminal: terminal, layout: layout, fitsColumns: fitsColumns,
                isScaled: isScaled, drawsInk: drawsInk
            ).show(picture, shown: shown, of: count, command: command)
        }
        let keep = "To keep them: \(command)"
        let lines = self.lines(beside: [keep, Self.remainder(shown: shown, of: count, "")])
        try write(picture, lines: lines, tmux, to: DescriptorSink.standardOutput())
        if shown < count { StandardError.print(Self.remainder(shown: shown, of: count, "")) }
        StandardError.print(keep)
    }

    private static func remainder(shown: Int, of count: Int, _ what: String) -> String {
        (shown == 1 ? "This is the first" : "These are the first \(shown)")
            + " of \(count)\(what); the other "
            + (count - shown == 1 ? "is not shown." : "\(count - shown) are not shown.")
    }

    /// The styles of a sheet's rows in words, because numbers in blocks are illegible.
    private func stylesOfRows(among count: Int) -> String? {
        guard kind == .blocks, let labels = layout.labels, let columns = layout.columns else { return nil }
        let rows = labels.rows.prefix((count + columns - 1) / columns)
        guard let first = rows.first, let last = rows.last else { return nil }
        return first == last
            ? "The row is style \(first)." : "The rows are styles \(first) to \(last), from the top."
    }

    /// The screen lines for a picture, with room for `messages` and the next prompt below; nil if the height is
    /// unknown.
    private func lines(beside messages: [String]) -> Int? {
        guard let rows = terminal.rows else { return nil }
        let below = messages.reduce(layout.labels == nil ? 1 : 2) { lines, message in
            lines + (isatty(STDERR_FILENO) == 1 ? (message.count - 1) / terminal.columns + 1 : 0)
        }
        // On a small screen the picture matters more than the messages.
        return max(rows - below, min(5, rows - 1), 1)
    }

    private func screen(lines: Int?) -> ScreenFit.Screen {
        guard kind != .blocks else {
            return ScreenFit.Screen(
                width: terminal.columns, height: lines.map { 2 * $0 }, smallest: Self.smallestBlocks)
        }
        return ScreenFit.Screen(
            width: terminal.pixels?.width ?? Self.character.width * terminal.columns,
            height: lines.map { $0 * characterHeight }, smallest: 1)
    }

    private var characterHeight: Int {
        guard let pixels = terminal.pixels, let rows = terminal.rows else { return Self.character.height }
        return max(1, pixels.height / rows)
    }

    /// The scale of the picture: the requested one, reduced until a digit fits on the screen.
    private func scale(lines: Int?, cell: Int) -> Int {
        guard kind != .blocks else { return 1 }
        let screen = screen(lines: lines)
        let fitting = min(screen.width, screen.height ?? screen.width) / cell
        return max(1, min(isScaled ? layout.scale : Self.graphicsScale, fitting))
    }

    private func picture(_ source: DigitSource, _ fit: ScreenFit, _ layout: GridLayout) throws -> GrayImage {
        var (source, layout) = (source, layout)
        if drawsInk, layout.scale > 1 {
            var request = source.sequence.request
            request.finish = .ink(size: request.finish.size * layout.scale)
            source = try DigitSource(request, by: source.sequence.generator, threads: nil)
            layout = try GridLayout(
                columns: layout.columns, padding: layout.padding, invert: layout.invert,
                labels: layout.labels,
                labelScale: layout.scale)
        }
        return try layout.picture(
            of: source.images(source.sequence.request.images.prefix(fit.count)).broken(fit))
    }

    private func write(
        _ picture: GrayImage, lines: Int?, _ tmux: Tmux, to output: DescriptorSink
    ) throws {
        guard kind != .blocks else {
            let blocks = TerminalPreview(colors: terminal.colors, columns: terminal.columns, lines: lines)
            return try output.write(Array(blocks.render(picture).utf8))
        }
        guard case .passesOn = tmux else {
            return try output.write(graphics(of: picture) + [UInt8(ascii: "\n")])
        }
        // tmux does not know the size of a picture that it passes through, so make room and restore the cursor.
        let height = (picture.height + characterHeight - 1) / characterHeight
        let room = String(repeating: "\n", count: height)
        try output.write(Array("\(room)\u{1B}[\(height)A".utf8))
        Tmux.awaitCursor()
        // In one sequence, because after each tmux moves the outer cursor to the corner.
        let sequence = try Array("\u{1B}7".utf8) + graphics(of: picture) + Array("\u{1B}8".utf8)
        try output.write(TmuxPassthrough.wrap(sequence) + Array(room.utf8))
    }

    /// The escape sequences that show `picture`.
    private func graphics(of picture: GrayImage) throws(ImagingError) -> [UInt8] {
        var bytes: [UInt8] = []
        if kind == .kitty {
            var encoder = try PNGEncoder()
            try KittyPicture.encode(png: encoder.encode(picture)) { bytes += $0 }
        } else {
            try SixelPicture.encode(picture) { bytes += $0 }
        }
        return bytes
    }
}

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
