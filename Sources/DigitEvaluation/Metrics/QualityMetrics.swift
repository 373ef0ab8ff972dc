import NeuralNetwork

/// The quality of a sample of digits, measured against reference digits that no generator has seen.
package struct QualityMetrics: Sendable, Equatable {
    /// Fréchet distance of the features' Gaussians.
    package var frechetDistance: Double
    /// The mean Fréchet distance over the classes, each against the reference's same class; nil if a class has too few
    /// images.
    package var intraClassFrechetDistance: Double?
    /// The share of images that the judge classifies as their label; nil without labels.
    package var labelAccuracy: Double?
    /// The label accuracy of the worst class.
    package var worstClassAccuracy: Double?
    /// The share of images that lie among the reference (Kynkäänniemi et al. 2019): see `ImprovedPrecisionRecall`.
    package var precision: Double
    /// The share of the reference that lies among the images.
    package var recall: Double
    /// The share of each digit among the judge's verdicts.
    package var classShares: [Double]
    /// The mean within-class spread of features relative to the reference's: 1 is as diverse as real digits.
    package var withinClassDiversity: Double
    /// The mean Euclidean distance to the nearest training image, pixels in 0…1; nil if not asked for.
    package var nearestTrainingDistance: Double?
    /// The share of images that are near copies of training images.
    package var copiedShare: Double?
}

extension QualityMetrics {
    /// Fewer images than this of a class do not make a Gaussian of 64 features.
    private static let fewestForGaussian = 2 * DigitClassifier.featureCount

    /// - Parameters:
    ///   - sample: what is measured.
    ///   - reference: real images held out from training.
    ///   - training: real images [M, pixels] that the generator may have memorised; nil to skip that.
    package init(of sample: DigitSample, reference: DigitSample, training: Tensor?, parallel: Parallel) {
        frechetDistance = FeatureGaussian.frechetDistance(
            FeatureGaussian(sample.features), FeatureGaussian(reference.features))
        let manifolds = ImprovedPrecisionRecall(
            real: reference.features, generated: sample.features, parallel: parallel)
        precision = manifolds.precision
        recall = manifolds.recall
        classShares = QualityMetrics.classShares(sample)
        intraClassFrechetDistance = QualityMetrics.intraClassDistance(sample, reference)
        withinClassDiversity = QualityMetrics.diversity(sample, reference)
        if let labels = sample.labels {
            let accuracies = QualityMetrics.accuracies(sample.verdicts, labels)
            labelAccuracy = QualityMetrics.agreement(sample.verdicts, labels)
            worstClassAccuracy = accuracies.min()
        }
        if let training {
            let memorization = Memorization(images: sample.images, training: training, parallel: parallel)
            nearestTrainingDistance = memorization.meanNearestDistance
            copiedShare = memorization.copiedShare
        }
    }

    private static func intraClassDistance(_ sample: DigitSample, _ reference: DigitSample) -> Double? {
        var distances: [Double] = []
        for digit in UInt8(0)..<10 {
            let (mine, others) = (sample.features(of: digit), reference.features(of: digit))
            guard others.batch > 0 else { continue }
            guard min(mine.batch, others.batch) >= fewestForGaussian else { return nil }
            distances.append(FeatureGaussian.frechetDistance(FeatureGaussian(mine), FeatureGaussian(others)))
        }
        return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
    }

    /// The share of digits that are equal in both lists, which are equally long.
    static func agreement(_ verdicts: [UInt8], _ labels: [UInt8]) -> Double {
        Double(zip(verdicts, labels).count { $0 == $1 }) / Double(labels.count)
    }

    /// The share of each digit among the judge's verdicts.
    static func classShares(_ sample: DigitSample) -> [Double] {
        (0..<10).map { digit in Double(sample.verdicts.count { $0 == digit }) / Double(sample.count) }
    }

    /// The mean over the classes of the sample's spread relative to the reference's. A class that the sample lacks
    /// counts as 0, a class of equal reference digits as 1, and a class without reference digits is left out.
    static func diversity(_ sample: DigitSample, _ reference: DigitSample) -> Double {
        let ratios = (UInt8(0)..<10).compactMap { digit -> Double? in
            let (mine, others) = (sample.features(of: digit), reference.features(of: digit))
            guard others.batch >= 2 else { return nil }
            guard mine.batch >= 2 else { return 0 }
            let wanted = variance(others)
            return wanted > 0 ? (variance(mine) / wanted).squareRoot() : 1
        }
        return ratios.reduce(0, +) / Double(max(ratios.count, 1))
    }

    /// The trace of the covariance: mean squared distance from the mean.
    private static func variance(_ features: Tensor) -> Double {
        let gaussian = FeatureGaussian(features)
        let size = gaussian.mean.count
        return (0..<size).reduce(0) { $0 + gaussian.covariance[$1 * size + $1] }
    }

    private static func accuracies(_ verdicts: [UInt8], _ labels: [UInt8]) -> [Double] {
        (UInt8(0)..<10).compactMap { digit in
            let rows = labels.indices.filter { labels[$0] == digit }
            guard !rows.isEmpty else { return nil }
            return Double(rows.count { verdicts[$0] == digit }) / Double(rows.count)
        }
    }
}
