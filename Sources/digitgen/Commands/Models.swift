import DigitGen
import DigitImaging

/// The models that come with the program.
enum Models {
    /// Reports on all of them, the default first. Throws `DigitGeneratorError`.
    static func reports() throws -> [ModelReport] {
        try DigitGenerator.shippedModels.map { try report(shipped: $0) }
    }

    /// A report on a model of the program or, where none is called so, on a file.
    /// Throws `DigitGeneratorError`, and `MissingInputError` when there is neither.
    static func report(nameOrPath: String) throws -> ModelReport {
        if DigitGenerator.shippedModels.contains(nameOrPath) { return try report(shipped: nameOrPath) }
        do throws(DigitGeneratorError) {
            let generator = try DigitGenerator(systemPath: nameOrPath)
            return ModelReport(
                bundle: generator.bundle, byteCount: FileStatus.size(nameOrPath) ?? 0, isDefault: false)
        } catch {
            guard case .unreadable(_, let reason) = error, PathKind(nameOrPath) == .missing else {
                throw error
            }
            throw MissingInputError(
                message:
                    "there is no model '\(nameOrPath)' (there are: \(names)), and no file to read: \(reason)"
            )
        }
    }

    /// The names of all models, for messages.
    static var names: String {
        DigitGenerator.shippedModels.isEmpty ? "none" : DigitGenerator.shippedModels.joined(separator: ", ")
    }

    private static func report(shipped name: String) throws(DigitGeneratorError) -> ModelReport {
        let generator = try DigitGenerator(shipped: name)
        return ModelReport(
            bundle: generator.bundle, byteCount: DigitGenerator.byteCount(ofShipped: name) ?? 0,
            isDefault: name == DigitGenerator.shippedModels.first)
    }
}
