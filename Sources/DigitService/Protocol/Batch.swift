import DigitGen
import DigitModel
import Platform

/// Requests that arrived together and are drawn together: images of many requests fill the kernels as well as many
/// images of one.
struct Batch {
    /// One line.
    struct Entry {
        let line: RequestLine
        /// The images, if the line requests any.
        fileprivate(set) var place: Place?
    }

    /// A request's digits among those that its model draws.
    struct Place {
        let operation: DrawOperation
        let source: DigitSource
        fileprivate let group: Int
        fileprivate let digits: Range<Int>
    }

    /// The digits that one model draws in one finish.
    private struct Group {
        let generator: DigitGenerator
        let finish: Finish
        var keys: [ImageKey] = []
        /// An image for each key, after `render`.
        var pixels: [UInt8] = []
    }

    /// With so many digits, pixels, lines or bytes of lines, a batch is full. This bounds its memory and the time to
    /// the first reply.
    private static let enoughDigits = 1024
    private static let enoughPixels = enoughDigits * Finish.mnist.size * Finish.mnist.size
    private static let enoughEntries = 1024
    private static let enoughBytes = 1 << 18

    private(set) var entries: [Entry] = []
    private var groups: [Group] = []
    private var digitCount = 0
    private var pixelCount = 0
    private var byteCount = 0

    var isEmpty: Bool { entries.isEmpty }

    var isFull: Bool {
        digitCount >= Self.enoughDigits || pixelCount >= Self.enoughPixels
            || entries.count >= Self.enoughEntries
            || byteCount >= Self.enoughBytes
    }

    /// Adds a line of `byteCount` bytes.
    mutating func append(_ line: RequestLine, byteCount: Int, registry: inout ModelRegistry) {
        self.byteCount += byteCount
        guard case .success(.draw(let operation)) = line.request else {
            entries.append(Entry(line: line))
            return
        }
        do throws(RequestError) {
            let source = try registry.source(for: operation.request)
            entries.append(Entry(line: line, place: add(operation, source)))
        } catch {
            entries.append(Entry(line: RequestLine(id: line.id, failure: error)))
        }
    }

    /// Draws all images, which do not depend on `threads`.
    mutating func render(threads: Int) {
        for index in groups.indices {
            let group = groups[index]
            groups[index].pixels = group.generator.render(group.keys, group.finish, threads: threads)
        }
    }

    /// The digits of a request one after the other, after `render`.
    func pixels(_ place: Place) -> ArraySlice<UInt8> {
        let group = groups[place.group]
        let size = group.generator.imageSize(group.finish).pixelCount
        return group.pixels[place.digits.lowerBound * size..<place.digits.upperBound * size]
    }

    private mutating func add(_ operation: DrawOperation, _ source: DigitSource) -> Place {
        let generator = source.sequence.generator
        let finish = operation.request.finish
        let group =
            groups.firstIndex { $0.generator.name == generator.name && $0.finish == finish } ?? groups.count
        if group == groups.count { groups.append(Group(generator: generator, finish: finish)) }
        let start = groups[group].keys.count
        groups[group].keys += source.sequence.keys(operation.request.images)
        let end = groups[group].keys.count
        digitCount += end - start
        pixelCount += (end - start) * finish.size * finish.size
        return Place(operation: operation, source: source, group: group, digits: start..<end)
    }
}
