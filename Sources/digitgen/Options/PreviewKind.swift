import ArgumentParser

/// How images are shown on a terminal: the value of `--preview`.
enum PreviewKind: String, CaseIterable, ExpressibleByArgument {
    /// Block characters, two pixels each, which every terminal has.
    case blocks
    /// Sixel graphics: xterm, foot, mlterm, WezTerm, Windows Terminal and others.
    case sixel
    /// kitty's graphics protocol: kitty, WezTerm, Ghostty, Konsole and others.
    case kitty
}
