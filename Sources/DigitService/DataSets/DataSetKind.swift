import DigitDataSets
import DigitGen

/// The value of `--format` of a data set.
package enum DataSetKind: String, CaseIterable, Sendable {
    case idx, mnist, npz, png, npy, tar

    /// True for a set in two parts, for training and testing, whose labels are shuffled.
    package var isSplit: Bool { self == .mnist || self == .npz }

    /// True for what `format(gzip:archives:)` can compress.
    package var canBeCompressed: Bool { isSplit || self == .idx }

    /// - Parameters:
    ///   - gzip: compresses the files; only if `canBeCompressed`.
    ///   - archives: the number of tar archives; nil for one that is not numbered.
    ///   - labelFile: adds `labels.csv` to pictures.
    package func format(gzip: Bool = false, archives: Int? = nil, labelFile: Bool = false)
        -> any DataSetFormat
    {
        switch self {
        case .idx:
            gzip ? ArrayDataSet(format: GzippedFormat(IDXFormat())) : ArrayDataSet(format: IDXFormat())
        case .mnist: MNISTDataSet(isGzipped: gzip)
        case .npz: NPZDataSet(isCompressed: gzip)
        case .png: PictureFolderDataSet(hasLabelFile: labelFile)
        case .npy: ArrayDataSet(format: NPYFormat())
        case .tar: archives.map(TarShards.init) ?? TarDataSet()
        }
    }
}
