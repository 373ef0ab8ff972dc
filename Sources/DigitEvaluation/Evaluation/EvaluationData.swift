import DigitTraining

/// MNIST's two halves, as measuring needs them.
package struct EvaluationData: Sendable {
    /// What the judge learns from, and what generators have seen.
    package let training: DataSet
    /// What generated digits are compared with.
    package let test: DataSet

    /// Loads both halves.
    ///
    /// - Throws: `DataSetError`, `EvaluationError.tooFewDigits`, or `DigitGeneratorError.notEnoughMemory`.
    package static func load(directory: String) throws -> EvaluationData {
        let (training, test) = (try half(.train, of: directory), try half(.test, of: directory))
        try Evaluation.requireMemory(images: training.count + test.count)
        return EvaluationData(training: training, test: test)
    }

    private static func half(_ split: DataSet.Split, of directory: String) throws -> DataSet {
        let data = try DataSet.load(directory: directory, split: split)
        guard data.count >= Evaluation.fewestDigits else {
            throw EvaluationError.tooFewDigits(
                file: "\(directory): \(split.rawValue)", count: data.count, needed: Evaluation.fewestDigits)
        }
        return data
    }
}
