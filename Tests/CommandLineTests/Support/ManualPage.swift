import StrictJSON

/// The manual page in mdoc(7), made from what the program says of its own command line.
struct ManualPage {
    /// The page's source.
    let text: String

    /// `dump` is the output of `digitgen --experimental-dump-help`. Throws `JSONError` when it is none.
    init(dump: [UInt8]) throws {
        let command = try JSONValue(parsing: dump[...], depthLimit: 64).object?["command"]?.object
        let commands = Self.children(command, "subcommands").filter { $0["commandName"]?.string != "help" }
        let main = command?["defaultSubcommand"]?.string ?? ""
        var lines = [
            ".\\\" Made by tools/make-manual from the program's own help; edit that.",
            ".Dd November 23, 2026", ".Dt DIGITGEN 1", ".Os", ".Sh NAME", ".Nm digitgen",
            ".Nd \(Self.plain(command?["abstract"]?.string ?? "", isName: true))", ".Sh SYNOPSIS", ".Nm",
            ".Op Ar digits", ".Op Ar options",
        ]
        for other in commands where Self.name(other) != main {
            lines += [".Nm", ".Cm \(Self.name(other))", ".Op Ar options"]
        }
        lines.append(".Sh DESCRIPTION")
        for each in commands where Self.name(each) == main { lines += Self.options(of: each) }
        lines.append(".Sh COMMANDS")
        for each in commands where Self.name(each) != main {
            lines += [".Ss digitgen \(Self.name(each))", Self.plain(each["abstract"]?.string ?? "")]
            lines += Self.paragraphs(each["discussion"]?.string) + Self.options(of: each)
        }
        lines.append(".Sh EXAMPLES")
        for each in commands where Self.name(each) == main {
            lines += Self.paragraphs(each["discussion"]?.string)
        }
        lines += Self.ending
        text = lines.joined(separator: "\n") + "\n"
    }

    private static let ending = [
        ".Sh ENVIRONMENT", ".Bl -tag -width Ds", ".It Ev DIGITGEN_ISA",
        "Forces an instruction set tier; an unknown one is answered with those there are.",
        ".It Ev NO_COLOR , TERM , COLORTERM", "Which colours the preview uses.",
        ".It Ev LC_ALL , LC_CTYPE , LANG",
        "The first that is set says whether the preview is drawn with block characters (UTF\\-8) or in ASCII.",
        ".It Ev TMUX", "In tmux, graphics need its option allow\\-passthrough.", ".El", ".Sh EXIT STATUS",
        "As in",
        ".Xr sysexits 3 :",
        "64 for a command line that cannot be meant, 65 for bad data, 66 for a missing input,",
        "71 for memory that the system does not give,",
        "73 for an output that cannot be created, 74 for failed reading or writing.",
    ]

    private static func name(_ command: JSONObject) -> String { command["commandName"]?.string ?? "" }

    private static func children(_ object: JSONObject?, _ key: String) -> [JSONObject] {
        (object?[key]?.array ?? []).compactMap(\.object)
    }

    /// A list of a command's arguments, in the order and under the titles of its help.
    private static func options(of command: JSONObject) -> [String] {
        var lines = [".Bl -tag -width Ds"]
        for argument in children(command, "arguments") where argument["shouldDisplay"]?.bool == true {
            lines.append(".It " + heading(argument))
            lines.append(plain(argument["abstract"]?.string ?? ""))
            if let values = argument["allValues"]?.array?.compactMap(\.string), !values.isEmpty {
                lines.append("One of " + values.joined(separator: ", ") + ".")
            }
            if let value = argument["defaultValue"]?.string { lines.append("Default: \(plain(value)).") }
        }
        return lines + [".El"]
    }

    private static func heading(_ argument: JSONObject) -> String {
        let value = plain(argument["valueName"]?.string ?? "")
        guard argument["kind"]?.string != "positional" else { return "Ar \(value)" }
        let names = children(argument, "names").map { name in
            let text = name["name"]?.string ?? ""
            return name["kind"]?.string == "short" ? "Fl \(text)" : "Fl -\(text)"
        }
        let flags = names.joined(separator: " , ")
        return argument["kind"]?.string == "option" ? "\(flags) Ar \(value)" : flags
    }

    /// Lines that begin with two spaces are shown as they are, others flow.
    private static func paragraphs(_ text: String?) -> [String] {
        var lines: [String] = [".Pp"]
        var isDisplay = false
        for line in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
            let indented = line.hasPrefix("  ")
            if indented != isDisplay { lines.append(indented ? ".Bd -literal" : ".Ed") }
            isDisplay = indented
            if line == "EXAMPLES:" { continue }
            lines.append(line.isEmpty ? ".Pp" : plain(String(line)))
        }
        return isDisplay ? lines + [".Ed"] : lines
    }

    /// Text in which roff finds no orders.
    private static func plain(_ text: String, isName: Bool = false) -> String {
        var text = text
        if isName, text.hasSuffix(".") { text.removeLast() }
        let escaped = text.flatMap { character -> String in
            switch character {
            case "\\": "\\e"
            case "-": "\\-"
            default: String(character)
            }
        }
        return (escaped.first == "." || escaped.first == "'" ? "\\&" : "") + String(escaped)
    }
}
