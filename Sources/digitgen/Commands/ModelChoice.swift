import DigitGen

/// Which generator a command line means.
enum ModelChoice {
    /// The first of the program's models.
    case `default`
    /// A model of the program, by name.
    case shipped(String)
    /// A file.
    case weights(String)

    /// Throws `DigitGeneratorError`, and `MissingInputError` when the program was built without models and none
    /// is named.
    func generator() throws -> DigitGenerator {
        switch self {
        case .weights(let path): return try DigitGenerator(systemPath: path)
        case .shipped(let name): return try DigitGenerator(shipped: name)
        case .default:
            guard !DigitGenerator.shippedModels.isEmpty else {
                throw MissingInputError(
                    message: "this program was built without models: name a file with --weights")
            }
            return try DigitGenerator.default
        }
    }
}
