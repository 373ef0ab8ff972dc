import DigitFields
import DigitGen

/// The models of a session: its own, and those of the program, each loaded when a request first names it.
package struct ModelRegistry: Sendable {
    /// The model of requests without `model`.
    package let own: DigitGenerator
    /// The shipped models loaded so far.
    private var loaded: [String: DigitGenerator] = [:]

    /// `own` may have any name; it hides a shipped model of the same name.
    package init(own: DigitGenerator) {
        self.own = own
    }

    /// A model that a request may name.
    package struct Entry: Sendable {
        package let name: String
        package let isConditional: Bool
        package let drawsInk: Bool
        /// Of the bundle, in 64 hexadecimal digits.
        package let sha256: String
    }

    /// All models, the session's own first.
    package var entries: [Entry] {
        let (conditional, ink) = (DigitGenerator.conditionalModels, DigitGenerator.inkModels)
        let others = DigitGenerator.shippedModels.filter { $0 != own.name }.map { name in
            Entry(
                name: name, isConditional: conditional.contains(name), drawsInk: ink.contains(name),
                sha256: DigitGenerator.sha256(ofShipped: name) ?? "")
        }
        let first = Entry(
            name: own.name, isConditional: own.isConditional, drawsInk: own.drawsInk, sha256: own.sha256)
        return [first] + others
    }

    /// The images of a request.
    ///
    /// - Throws: `RequestError.unknownModel`, `.missingDigits`, `.draw` for what the model cannot draw, or `.internal`
    ///   when a model of the program is damaged.
    mutating func source(for request: DrawRequest) throws(RequestError) -> DigitSource {
        let generator = if case .named(let name) = request.model { try generator(named: name) } else { own }
        guard !generator.isConditional || request.content != .any else {
            throw .missingDigits(model: generator.name)
        }
        do {
            return try DigitSource(request, by: generator)
        } catch let error as DigitGeneratorError {
            throw .draw(error)
        } catch {
            throw .internal(reason: "\(error)")
        }
    }

    /// The drawer of a line: the session's own model if it draws ink, and otherwise the program's.
    ///
    /// - Throws: `RequestError.unknownModel`, and `.draw` for a model that draws no lines or not these digits.
    mutating func drawer(for operation: LineOperation) throws(RequestError) -> LineDrawer {
        do throws(DigitGeneratorError) {
            let drawer: LineDrawer
            if case .named(let name) = operation.model {
                drawer = try LineDrawer(try named(name))
            } else if own.drawsInk && own.isConditional {
                drawer = try LineDrawer(own)
            } else if case .named(let name) = try LineDrawer.model(.default) {
                drawer = try LineDrawer(try named(name))
            } else {
                throw .noModels
            }
            try drawer.check(operation.text, operation.hand)
            return drawer
        } catch {
            switch error {
            case .unknownModel(let name, _): throw .unknownModel(name, available: entries.map(\.name))
            case .unconditional, .noInkForLines, .unknownDigits, .invalidStyle, .noStyle, .unreachableStyle:
                throw .draw(error)
            default: throw .internal(reason: error.description)
            }
        }
    }

    private mutating func named(_ name: String) throws(DigitGeneratorError) -> DigitGenerator {
        if name == own.name { return own }
        if let generator = loaded[name] { return generator }
        let generator = try DigitGenerator(shipped: name)
        loaded[name] = generator
        return generator
    }

    private mutating func generator(named name: String) throws(RequestError) -> DigitGenerator {
        do throws(DigitGeneratorError) {
            return try named(name)
        } catch {
            guard case .unknownModel = error else { throw .internal(reason: error.description) }
            throw .unknownModel(name, available: entries.map(\.name))
        }
    }
}
