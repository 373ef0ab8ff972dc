import DigitImaging

/// How a data set is stored. Each format is one file of this folder.
package protocol DataSetFormat: Sendable {
    /// What users call it.
    var name: String { get }

    /// Begins the files. Throws `ImagingError` when they cannot be made or cannot state so many images.
    func writer(for part: DataSetPart, in folder: StagedFolder) throws(ImagingError) -> any DataSetWriter
}

/// Images and labels of one part on their way into files: all in their order, then `finish`.
package protocol DataSetWriter: AnyObject {
    /// Takes the images from number `index` of the whole data set on. `labels` has one for each, or none at
    /// all when the model has no classes.
    func append(_ images: ImageStack, labels: [UInt8], index: Int) throws(ImagingError)

    /// Completes the files and returns what they are.
    func finish() throws(ImagingError) -> [DataSetFile]
}

/// The part of a data set that is to be written.
package struct DataSetPart: Sendable {
    /// Which images of the whole.
    package let range: Range<Int>
    /// The size of every image.
    package let size: ImageStack.Size
    package let isLabelled: Bool
    /// Nothing comes after this part.
    package let isLast: Bool
}

/// A file, or a group of equal ones, as the manifest lists it.
package struct DataSetFile: Equatable, Sendable {
    /// Relative to the folder.
    package let name: String
    /// How many files of that kind; their bytes and digest are of all of them, in the order of the images.
    package var fileCount = 1
    package let byteCount: Int
    /// SHA-256 in 64 hexadecimal digits.
    package let sha256: String
}

extension DataSetFormat where Self == ArrayDataSet<IDXFormat> {
    /// MNIST's own format.
    package static var idx: Self { ArrayDataSet(format: IDXFormat()) }
}

extension DataSetFormat where Self == ArrayDataSet<NPYFormat> {
    /// For numpy.
    package static var npy: Self { ArrayDataSet(format: NPYFormat()) }
}

extension DataSetFormat where Self == PictureFolderDataSet {
    /// A folder of pictures for each label.
    package static var png: Self { PictureFolderDataSet() }
}

extension DataSetFormat where Self == TarDataSet {
    /// For WebDataset.
    package static var tar: Self { TarDataSet() }
}
