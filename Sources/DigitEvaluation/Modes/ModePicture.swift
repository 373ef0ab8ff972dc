import DigitModel
import DigitTraining
import NeuralNetwork
import Platform

/// What a generator drew of what was counted, for people to see whether the measures mislead.
package enum ModePicture {
    /// Over the modes, as SVG.
    case points(PointPicture)
    /// As PNG: digits, −1…1, those of an image beside each other.
    case digits([Float], columns: Int)

    /// - Parameter images: [`SampleGrid.rows` · `SampleGrid.columns`, pixels · C]: each becomes a number of C digits.
    init(digits images: Tensor) {
        let channels = ModeTrial.channelsApart(images)
        self = .digits(
            channels.elements, columns: SampleGrid.columns * channels.batch / images.batch)
    }

    /// The extension of the files of a set.
    package static func fileExtension(of set: ModeSet) -> String { set.mixture == nil ? "png" : "svg" }

    /// Writes the picture; the file at `path` is replaced.
    package func write(to path: String) throws(RunError) {
        switch self {
        case .points(let picture):
            do {
                try AtomicFile.write(Array(picture.svg.utf8), to: path)
            } catch { throw .output(error) }
        case .digits(let images, let columns):
            try SampleGrid.write(images, size: .mnist, columns: columns, to: path)
        }
    }
}
