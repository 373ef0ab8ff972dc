import ArgumentParser
import StrictJSON

/// The declaration of a command: its name, its options, its subcommands. Made from the parser's own description, which
/// `--experimental-dump-help` prints.
package struct CommandDeclaration {
    /// An option, a flag or an argument without a name.
    package struct Argument {
        /// As they are written, dashes included: "-o", "--output"; none for a positional argument.
        package let names: [String]
        /// The name of the value; nil for a flag.
        package let valueName: String?
        /// Its purpose in one line.
        package let abstract: String
        /// All possible values, or some known ones; empty if anything is possible.
        package let values: [String]
        /// All possible values; empty if there are others.
        let allowedValues: [String]
        /// The default value; nil without one.
        let defaultValue: String?
        package let isRepeating: Bool

        package var takesValue: Bool { valueName != nil }
    }

    package let name: String
    package let abstract: String
    /// Paragraphs and examples.
    let discussion: String
    package let defaultSubcommand: String?
    package let subcommands: [CommandDeclaration]
    /// In the order of the help.
    let arguments: [Argument]

    package var options: [Argument] { arguments.filter { !$0.names.isEmpty } }
    package var positionals: [Argument] { arguments.filter(\.names.isEmpty) }

    /// The declaration of a command and all below it. Throws `JSONError` if the parser's description is not JSON.
    package init(of command: any ParsableCommand.Type) throws {
        let dump = try JSONValue(parsing: Array(command._dumpHelp().utf8)[...], depthLimit: 64)
        self.init(dump.object?["command"]?.object ?? JSONObject())
    }

    package func subcommand(_ name: String) -> CommandDeclaration? { subcommands.first { $0.name == name } }

    func option(named name: String) -> Argument? { options.first { $0.names.contains(name) } }

    private init(_ object: JSONObject) {
        name = object["commandName"]?.string ?? ""
        abstract = object["abstract"]?.string ?? ""
        discussion = object["discussion"]?.string ?? ""
        defaultSubcommand = object["defaultSubcommand"]?.string
        subcommands = Self.objects(object["subcommands"]).map(CommandDeclaration.init)
        arguments = Self.objects(object["arguments"]).filter { $0["shouldDisplay"]?.bool == true }
            .map(Argument.init)
    }

    fileprivate static func objects(_ value: JSONValue?) -> [JSONObject] {
        (value?.array ?? []).compactMap(\.object)
    }
}

extension CommandDeclaration.Argument {
    fileprivate init(_ object: JSONObject) {
        names = CommandDeclaration.objects(object["names"]).map { name in
            (name["kind"]?.string == "long" ? "--" : "-") + (name["name"]?.string ?? "")
        }
        valueName = object["kind"]?.string == "flag" ? nil : object["valueName"]?.string ?? ""
        abstract = object["abstract"]?.string ?? ""
        allowedValues = (object["allValues"]?.array ?? []).compactMap(\.string)
        let listed = object["completionKind"]?.object?["list"]?.object?["values"]?.array
        values = allowedValues.isEmpty ? (listed ?? []).compactMap(\.string) : allowedValues
        defaultValue = object["defaultValue"]?.string
        isRepeating = object["isRepeating"]?.bool == true
    }
}
