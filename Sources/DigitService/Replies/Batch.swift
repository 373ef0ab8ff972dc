import DigitGen
import DigitModel

/// Requests that wait together, and are drawn together: images of many requests fill the kernels as well as many
/// images of one.
struct Batch {
    /// One line, in its place among the others.
    struct Entry {
        let line: RequestLine
        /// Where the images of a drawing are.
        fileprivate(set) var place: Place?
    }

    /// Digits of a drawing among those that its model draws.
    struct Place {
        let drawing: Drawing
        fileprivate let model: Int
        fileprivate let digits: Range<Int>
    }

    /// What one model draws.
    private struct Share {
        let generator: DigitGenerator
        var keys: [ImageKey] = []
        /// 784 for each key, after `render`.
        var pixels: [UInt8] = []
    }

    /// Once it has so many digits, so many lines or lines of so many bytes, a batch waits for no more: that bounds
    /// its memory and the time to the first reply.
    private static let enoughDigits = 1024
    private static let enoughEntries = 1024
    private static let enoughBytes = 1 << 18

    private(set) var entries: [Entry] = []
    private var shares: [Share] = []
    private var digitCount = 0
    private var byteCount = 0

    var isEmpty: Bool { entries.isEmpty }

    var isFull: Bool {
        digitCount >= Self.enoughDigits || entries.count >= Self.enoughEntries
            || byteCount >= Self.enoughBytes
    }

    /// Adds a line of `byteCount` bytes.
    mutating func append(_ line: RequestLine, byteCount: Int, shelf: inout ModelShelf) {
        self.byteCount += byteCount
        guard case .success(.draw(let request)) = line.request else {
            entries.append(Entry(line: line))
            return
        }
        do throws(RequestError) {
            let drawing = try Drawing(request, generator: shelf.generator(for: request))
            try Self.checkMemory(for: drawing)
            entries.append(Entry(line: line, place: add(drawing)))
        } catch {
            entries.append(Entry(line: RequestLine(id: line.id, failure: error)))
        }
    }

    /// A request is refused where the system would not give the memory for its images, as drawn, as laid out, as
    /// encoded and as text.
    private static func checkMemory(for drawing: Drawing) throws(RequestError) {
        let memory = 8 * 784 * drawing.digitCount
        guard FreeMemory.holds(memory) else { throw .internal(reason: FreeMemory.refusal(memory)) }
    }

    /// Draws everything. The images do not depend on `threads`.
    mutating func render(threads: Int) {
        for index in shares.indices {
            let keys = shares[index].keys
            shares[index].pixels = shares[index].generator.render(
                keys, threads: keys.count < InferencePlan.parallelThreshold ? 1 : threads)
        }
    }

    /// The images of a drawing, after `render`: 784 pixels for each digit.
    func pixels(_ place: Place) -> ArraySlice<UInt8> {
        shares[place.model].pixels[place.digits.lowerBound * 784..<place.digits.upperBound * 784]
    }

    private mutating func add(_ drawing: Drawing) -> Place {
        let model = shares.firstIndex { $0.generator.name == drawing.generator.name } ?? shares.count
        if model == shares.count { shares.append(Share(generator: drawing.generator)) }
        let start = shares[model].keys.count
        shares[model].keys += drawing.keys
        let end = shares[model].keys.count
        digitCount += end - start
        return Place(drawing: drawing, model: model, digits: start..<end)
    }
}
