import DigitFields
import DigitGen
import DigitModel
import StrictJSON

/// The models that JavaScript has loaded, and the result of its last call.
final class Session {
    private var generators: [Int: DigitGenerator] = [:]
    private var bytes: UnsafeMutableBufferPointer<UInt8>
    /// Bytes; images, or the boxes of a line; width, height.
    private(set) var measures = [0, 0, 0, 0]

    init() { bytes = UnsafeMutableBufferPointer(start: nil, count: 0) }

    /// The bytes of the last result.
    var result: UnsafeMutableBufferPointer<UInt8> { bytes }

    /// Calls `body`, which makes a result; after a mistake the result is its description.
    func answer<Mistake: Error & CustomStringConvertible>(_ body: () throws(Mistake) -> Void) -> Int32 {
        do throws(Mistake) {
            try body()
            return 0
        } catch {
            keep(error.description)
            return 1
        }
    }

    func load(_ number: Int, _ file: [UInt8]) throws(DigitGeneratorError) {
        let bundle: Bundle
        do throws(BundleError) {
            bundle = try Bundle(safetensors: file, sha256: SHA256.hexDigest(of: file))
        } catch {
            throw DigitGeneratorError(error, source: "the data")
        }
        let generator = try DigitGenerator(bundle, tier: KernelTier.available[0])
        generators[number] = generator
        keep(generator.facts)
    }

    func draw(_ number: Int, _ web: WebRequest) throws(DigitGeneratorError) {
        let generator = try generator(number)
        let sequence = try ImageSequence(web.request, by: generator)
        let (digits, size) = (web.request.digitsPerImage, generator.imageSize(web.request.finish))
        let pixels = generator.render(sequence.keys(web.images), web.request.finish)
        keep(digits == 1 ? pixels : size.sideBySide(pixels[...], digits: digits))
        measures = [measures[0], web.images.count, size.width * digits, size.height]
    }

    func outline(_ number: Int, _ web: WebRequest) throws(DigitGeneratorError) {
        let generator = try generator(number)
        let sequence = try ImageSequence(web.request, by: generator)
        let extent = web.request.finish.size * SVGPath.unitsPerPixel
        var text = ""
        for outline in generator.outlines(sequence.keys(web.images), extent: extent) {
            text += SVGPath.text(outline.loops) + "\n"
        }
        keep(text)
    }

    func line(_ number: Int, _ request: LineRequest) throws(LineMistake) {
        let drawer = try drawer(number, request)
        let line = drawer.draw([request]) { _, line in line }[0]
        let picture = try LineMistake.saying { () throws(LineError) in try line.get() }
        keep(picture.webBytes)
        measures = [measures[0], picture.boxes.count, picture.width, picture.height]
    }

    func lineOutline(_ number: Int, _ request: LineRequest) throws(LineMistake) {
        keep(try drawer(number, request).outline(request, parts: SVGPath.unitsPerPixel).json)
    }

    private func drawer(_ number: Int, _ request: LineRequest) throws(LineMistake) -> LineDrawer {
        try request.drawer(
            try LineMistake.saying { () throws(DigitGeneratorError) in try generator(number) })
    }

    private func generator(_ number: Int) throws(DigitGeneratorError) -> DigitGenerator {
        guard let generator = generators[number] else { throw .noModels }
        return generator
    }

    private func keep(_ text: String) { keep(Array(text.utf8)) }

    /// Keeps a copy until the next result.
    private func keep(_ result: [UInt8]) {
        bytes.deallocate()
        bytes = .allocate(capacity: result.count)
        _ = bytes.initialize(from: result)
        measures = [result.count, 0, 0, 0]
    }
}

/// JavaScript calls from one thread.
nonisolated(unsafe) let session = Session()

extension DigitGenerator {
    /// The facts about a model, as JSON.
    fileprivate var facts: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("sha256")
        writer.string(sha256)
        writer.key("digits")
        writer.string(isConditional ? digits : "")
        writer.key("drawsInk")
        writer.bool(drawsInk)
        writer.key("hasHands")
        writer.bool(hasHands)
        writer.key("obeysStyle")
        writer.bool(obeysStyle)
        if obeysStyle {
            writer.key("styles")
            writer.beginArray()
            for digit in classes { writer.value(styles(of: digit)) }
            writer.endArray()
        }
        writer.key("instructionSet")
        writer.string(instructionSet)
        writer.endObject()
        return writer.text
    }

    /// The least and the greatest value of each measure of a digit.
    private func styles(of digit: UInt8) -> JSONValue {
        var ranges = JSONObject()
        for measure in StyleMeasure.allCases {
            guard let range = styleRange(of: digit, measure) else { continue }
            ranges[measure.rawValue] = .array([.double(range.lowerBound), .double(range.upperBound)])
        }
        return .object(ranges)
    }
}
