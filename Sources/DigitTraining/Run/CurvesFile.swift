import Platform

/// `curves.csv`: the losses of training, one line per epoch.
package struct CurvesFile: Sendable {
    /// The figures of an epoch.
    package struct Epoch: Sendable, Equatable {
        /// Counted from 1.
        package var number: Int
        package var generatorLoss: Float
        package var discriminatorLoss: Float
        /// D(x) of real images, 0…1.
        package var realProbability: Float
        /// D(G(z)) of generated ones, 0…1.
        package var generatedProbability: Float
        package var seconds: Double

        package init(
            number: Int, generatorLoss: Float, discriminatorLoss: Float, realProbability: Float,
            generatedProbability: Float, seconds: Double
        ) {
            self.number = number
            self.generatorLoss = generatorLoss
            self.discriminatorLoss = discriminatorLoss
            self.realProbability = realProbability
            self.generatedProbability = generatedProbability
            self.seconds = seconds
        }
    }

    package static let header = "epoch,G_loss,D_loss,D_x,D_G_z,seconds"
    /// The most seconds that an epoch may have taken: thirty years.
    private static let longestEpoch = 1e9
    /// The most bytes that a file may have: lines of a million epochs.
    private static let sizeLimit = 1 << 27

    private let path: String
    /// The epochs so far, 1, 2, …
    package private(set) var epochs: [Epoch]

    /// A new file without epochs, which `append` will write.
    package init(new path: String) {
        self.path = path
        epochs = []
    }

    /// The file at `path` with its first `epochCount` epochs; later ones are forgotten. A run that stopped between
    /// writing the curves and the checkpoint has one epoch more in the curves.
    ///
    /// - Throws: `RunError.unreadable`, or `RunError.malformedCurves` for a file that is not one or has too few
    ///   epochs.
    package init(resuming path: String, epochCount: Int) throws(RunError) {
        let all = try CurvesFile.read(path)
        guard all.count >= epochCount else {
            throw .malformedCurves(
                path: path, line: all.count + 2,
                reason: "the file ends before epoch \(epochCount), that of the checkpoint")
        }
        self.path = path
        epochs = Array(all.prefix(epochCount))
    }

    /// Adds the next epoch and writes the whole file anew: it is complete at any time.
    package mutating func append(_ epoch: Epoch) throws(RunError) {
        precondition(epoch.number == epochs.count + 1, "epochs follow each other")
        epochs.append(epoch)
        do { try AtomicFile.write(Array(text.utf8), to: path) } catch { throw .output(error) }
    }

    /// The content of the file.
    var text: String {
        var lines = [CurvesFile.header]
        for epoch in epochs {
            let seconds = (epoch.seconds * 1000).rounded() / 1000
            lines.append(
                "\(epoch.number),\(epoch.generatorLoss),\(epoch.discriminatorLoss),\(epoch.realProbability),"
                    + "\(epoch.generatedProbability),\(seconds)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The epochs in the file at `path`.
    package static func read(_ path: String) throws(RunError) -> [Epoch] {
        let bytes: [UInt8]
        do { bytes = try FileBytes.readOrdinary(path, limit: sizeLimit) } catch { throw .unreadable(error) }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        guard let first = lines.first, first.elementsEqual(header.utf8) else {
            throw .malformedCurves(path: path, line: 1, reason: "the first line must be \(header)")
        }
        var epochs: [Epoch] = []
        for line in lines.dropFirst() {
            guard let epoch = epoch(line), epoch.number == epochs.count + 1 else {
                throw .malformedCurves(
                    path: path, line: epochs.count + 2,
                    reason: "expected epoch \(epochs.count + 1) and five numbers, separated by commas, "
                        + "the last of them seconds")
            }
            epochs.append(epoch)
        }
        return epochs
    }

    private static func epoch(_ line: ArraySlice<UInt8>) -> Epoch? {
        let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard fields.count == 6, let number = Int(fields[0]), let seconds = Double(fields[5]),
            (0...longestEpoch).contains(seconds)
        else { return nil }
        let values = fields[1..<5].compactMap { Float($0) }
        guard values.count == 4 else { return nil }
        return Epoch(
            number: number, generatorLoss: values[0], discriminatorLoss: values[1],
            realProbability: values[2],
            generatedProbability: values[3], seconds: seconds)
    }
}

extension Sequence<CurvesFile.Epoch> {
    /// How long all of them took.
    package var seconds: Double { reduce(0) { $0 + $1.seconds } }
}
