/// A way to store images. Every format is one file of this folder.
package protocol ImageFormat: Sendable {
    /// What users call it, which is also its file name extension.
    var name: String { get }
    /// The images become one picture, a grid, instead of an array of images.
    var isPicture: Bool { get }

    /// Begins a file in `sink`. Throws `ImagingError` when the job is not possible in this format, before
    /// anything is written.
    func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter
}

/// What a file of images will hold.
package struct ImageJob: Sendable {
    /// How many images will follow; at least 1.
    package let count: Int
    /// The size of each of them.
    package let size: ImageStack.Size
    /// How they are arranged and shaded. (Formats that are no pictures heed `invert` alone.)
    package let layout: GridLayout
    /// What is known about the images, for the formats with room for text.
    package let texts: [PNGText]

    package init(count: Int, size: ImageStack.Size, layout: GridLayout, texts: [PNGText] = []) {
        self.count = count
        self.size = size
        self.layout = layout
        self.texts = texts
    }
}

/// A file of images that is being written: all images in their order, then `finish`.
package protocol ImageWriter: AnyObject {
    /// Throws `ImagingError.pixelCount` for images of another size or beyond the job's count, and what the
    /// sink throws.
    func append(_ images: ImageStack) throws(ImagingError)

    /// Completes the file and the sink. Throws `ImagingError.pixelCount` when images are missing.
    func finish() throws(ImagingError)
}
