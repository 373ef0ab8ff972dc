/// One binary PGM (netpbm's P5) with all images in a grid.
package struct PGMFormat: ImageFormat {
    package let name = "pgm"
    package let isPicture = true

    package init() {}

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        try PictureWriter(job: job, sink: sink) { picture, sink throws(ImagingError) in
            try sink.write(Array("P5\n\(picture.width) \(picture.height)\n255\n".utf8))
            try sink.write(picture.pixels)
        }
    }
}
