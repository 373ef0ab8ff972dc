import DigitGen

/// What `evaluate` measures: digits drawn from a bundle, or somebody's IDX files.
package struct EvaluationSubject {
    package let digits: Evaluation.Digits
    /// For the classification accuracy score; nil without labels or if not asked for.
    package let classification: Evaluation.Digits?

    private static let zstdMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    /// Fewer digits say nothing of a distribution.
    private static let fewestDigits = 1_000

    /// - Parameters:
    ///   - file: a bundle (it begins with zstd's magic number), or an IDX file of images.
    ///   - labels: the IDX file of the images' labels; only with an IDX file.
    ///   - seed: of the digits drawn from a bundle.
    /// - Throws: `DataSetError`, `DigitGeneratorError` or `EvaluationError`.
    package init(file: String, labels: String?, seed: UInt64, withClassification: Bool) throws {
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(file) } catch { throw DataSetError.unreadable(error) }
        if bytes.starts(with: EvaluationSubject.zstdMagic) {
            guard labels == nil else { throw EvaluationError.labelsOfBundle(file: file) }
            let generator = try DigitGenerator(bytes: bytes, source: file)
            digits = EvaluationSubject.draw(generator, 0..<Evaluation.sampleCount, seed: seed)
            classification =
                withClassification && generator.isConditional
                ? EvaluationSubject.draw(
                    generator,
                    Evaluation.sampleCount..<Evaluation.sampleCount + Evaluation.classificationCount,
                    seed: seed)
                : nil
            return
        }
        if let labels {
            let data = try DataSet.load(images: file, labels: labels)
            digits = Evaluation.Digits(pixels: data.images, labels: data.labels)
        } else {
            digits = Evaluation.Digits(pixels: try IDXReader.images(file).entries, labels: nil)
        }
        let count = digits.pixels.count / 784
        guard count >= EvaluationSubject.fewestDigits else {
            throw EvaluationError.tooFewDigits(
                file: file, count: count, needed: EvaluationSubject.fewestDigits)
        }
        classification = withClassification && labels != nil ? digits : nil
    }

    private static func draw(
        _ generator: DigitGenerator, _ indices: Range<Int>, seed: UInt64
    ) -> Evaluation.Digits {
        let keys = indices.map { ImageKey(seed: seed, index: UInt64($0), label: UInt8($0 % 10)) }
        return Evaluation.Digits(
            pixels: generator.render(keys, threads: 2),
            labels: generator.isConditional ? keys.map(\.label) : nil)
    }
}

/// Why digits cannot be evaluated.
package enum EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Labels were given for a bundle, whose digits have the labels they are drawn under.
    case labelsOfBundle(file: String)
    /// The file holds too few images.
    case tooFewDigits(file: String, count: Int, needed: Int)

    package var description: String {
        switch self {
        case .labelsOfBundle(let file):
            "\(file) is a weight bundle, whose digits need no --labels; leave it out"
        case .tooFewDigits(let file, let count, let needed):
            "\(file) holds \(count) digits; at least \(needed) are needed to measure a distribution"
        }
    }
}
