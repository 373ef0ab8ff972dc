import CommandLineSupport

extension DigitgenCommand {
    /// The manual page, which `tools/make-manual` writes to docs/digitgen.1.
    static func manual() throws -> ManualPage {
        try ManualPage(of: self, date: "November 26, 2026", ending: manualEnding)
    }

    /// The sections of the manual page that are not generated from declarations, in mdoc(7).
    private static let manualEnding = """
        .Sh ENVIRONMENT
        .Bl -tag -width Ds
        .It Ev DIGITGEN_ISA
        Instruction set to use; an unknown name is an error that lists the available ones.
        .It Ev NO_COLOR , TERM , COLORTERM
        Colors of the preview.
        .It Ev LC_ALL , LC_CTYPE , LANG
        The first one set decides whether the preview uses block characters (UTF\\-8) or ASCII.
        .It Ev TMUX
        Inside tmux, graphics need its option allow\\-passthrough.
        .El
        .Sh EXIT STATUS
        0 on success, also if the reader closed the pipe; 128 + N after signal N; otherwise as in
        .Xr sysexits 3 :
        .Bl -tag -width Ds
        .It 64
        Invalid usage.
        .It 65
        Invalid input.
        .It 66
        Missing input.
        .It 71
        Not enough memory.
        .It 73
        An output cannot be created.
        .It 74
        Reading or writing failed.
        .El
        """
}
