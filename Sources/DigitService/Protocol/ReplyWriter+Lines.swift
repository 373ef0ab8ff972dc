import DigitFields
import DigitGen
import DigitImaging
import StrictJSON

extension ReplyWriter {
    /// The reply to a request for a line, which has been drawn.
    ///
    /// - Throws: `RequestError.internal`; then nothing has been written.
    mutating func write(
        _ operation: LineOperation, _ picture: LinePicture, by drawer: LineDrawer, id: JSONValue
    ) throws(RequestError) {
        let file: [UInt8]
        do throws(ImagingError) {
            file = try Self.file(operation, picture, by: drawer)
        } catch {
            throw .internal(reason: error.description)
        }
        begin(id: id, ok: true)
        writeOrigin(model: drawer.generator.name, seed: operation.seedForm ?? .integer(operation.seed))
        replies.key("text")
        replies.string(picture.text.description)
        replies.key("boxes")
        replies.boxes(picture.boxes)
        writeForm(operation.format, width: picture.width, height: picture.height)
        write(file)
    }

    /// As the command line writes it.
    private static func file(
        _ operation: LineOperation, _ picture: LinePicture, by drawer: LineDrawer
    ) throws(ImagingError) -> [UInt8] {
        guard operation.format == .png else { return picture.pixels }
        let source = LineSource(drawer, style: operation.style, seed: operation.seed, hand: operation.hand)
        let texts = try source.texts(
            content: ("Text", picture.text.description), count: 1, first: operation.first)
        var encoder = try PNGEncoder()
        return try encoder.encode(
            GrayImage(width: picture.width, height: picture.height, pixels: picture.pixels), texts: texts)
    }
}
