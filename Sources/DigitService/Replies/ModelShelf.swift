import DigitGen

/// The models of a session: its own, and those of the program, each loaded when it is first asked for.
package struct ModelShelf: Sendable {
    /// The model of requests that name none.
    package let own: DigitGenerator
    /// Models of the program that have been asked for.
    private var loaded: [String: DigitGenerator] = [:]

    /// `own` may have any name; it hides a model of the program that is called the same.
    package init(own: DigitGenerator) {
        self.own = own
    }

    /// A model that may be asked for.
    package struct Entry: Sendable {
        package let name: String
        package let isConditional: Bool
        /// Of the bundle, in 64 hexadecimal digits.
        package let sha256: String
    }

    /// What there is, the session's own first.
    package var entries: [Entry] {
        let conditional = DigitGenerator.conditionalModels
        let others = DigitGenerator.shippedModels.filter { $0 != own.name }.map { name in
            Entry(
                name: name, isConditional: conditional.contains(name),
                sha256: DigitGenerator.sha256(ofShipped: name) ?? "")
        }
        return [Entry(name: own.name, isConditional: own.isConditional, sha256: own.sha256)] + others
    }

    /// The generator that a request names, if it can do what the request wants.
    ///
    /// - Throws: `RequestError.unknownModel`, `.unconditionalModel`, `.missingDigits`, `.unknownDigits`, or `.internal`
    ///   when a model of the program is damaged.
    package mutating func generator(for request: DrawRequest) throws(RequestError) -> DigitGenerator {
        let generator = if let name = request.model { try self.generator(named: name) } else { own }
        guard generator.isConditional == (request.digits != nil || request.morph != nil) else {
            guard !generator.isConditional else { throw .missingDigits(model: generator.name) }
            throw .unconditionalModel(
                generator.name, conditionalModels: entries.filter(\.isConditional).map(\.name))
        }
        do { try generator.requireKnown(request.choice.digits) } catch {
            guard case .unknownDigits(let digits, let model, let known) = error else {
                throw .internal(reason: error.description)
            }
            throw .unknownDigits(digits, model: model, known: known)
        }
        return generator
    }

    private mutating func generator(named name: String) throws(RequestError) -> DigitGenerator {
        if name == own.name { return own }
        if let generator = loaded[name] { return generator }
        do throws(DigitGeneratorError) {
            let generator = try DigitGenerator(shipped: name)
            loaded[name] = generator
            return generator
        } catch {
            guard case .unknownModel = error else { throw .internal(reason: error.description) }
            throw .unknownModel(name, available: entries.map(\.name))
        }
    }
}
