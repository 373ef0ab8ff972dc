import DigitFields
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
        /// The number of the line that it requests, if it requests one.
        fileprivate var lineNumber: Int?
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

    /// The lines of one model.
    private struct LineGroup {
        let drawer: LineDrawer
        /// With the numbers of their lines.
        var requests: [(number: Int, request: LineRequest)] = []
    }

    /// With so many digits, pixels, lines or bytes of lines, a batch is full. This bounds its memory and the time to
    /// the first reply.
    private static let enoughDigits = 1024
    private static let enoughPixels = enoughDigits * Finish.mnist.size * Finish.mnist.size
    private static let enoughEntries = 1024
    private static let enoughBytes = 1 << 18

    private(set) var entries: [Entry] = []
    private var groups: [Group] = []
    private var lineGroups: [LineGroup] = []
    /// What the lines became, after `render`.
    private var pictures: [Result<LinePicture, LineError>?] = []
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
        if case .success(.line(let operation)) = line.request {
            entries.append(entry(line, operation, &registry))
            return
        }
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
        for group in lineGroups {
            let drawn = group.drawer.draw(group.requests.map(\.request), threads: threads) { $1 }
            for (place, picture) in zip(group.requests, drawn) { pictures[place.number] = picture }
        }
    }

    /// The line that an entry requests, after `render`.
    func picture(_ entry: Entry) throws(RequestError) -> LinePicture {
        guard let number = entry.lineNumber, let picture = pictures[number] else {
            throw .internal(reason: "nothing was drawn")
        }
        do throws(LineError) { return try picture.get() } catch { throw .line(error) }
    }

    private mutating func entry(
        _ line: RequestLine, _ operation: LineOperation, _ registry: inout ModelRegistry
    ) -> Entry {
        do throws(RequestError) {
            let drawer = try registry.drawer(for: operation)
            let group =
                lineGroups.firstIndex { $0.drawer.generator.name == drawer.generator.name }
                ?? lineGroups.count
            if group == lineGroups.count { lineGroups.append(LineGroup(drawer: drawer)) }
            let number = pictures.count
            lineGroups[group].requests.append((number, operation.request))
            pictures.append(nil)
            let count = operation.text.characters.count
            digitCount += count
            pixelCount += count * operation.style.height * operation.style.height
            return Entry(line: line, lineNumber: number)
        } catch {
            return Entry(line: RequestLine(id: line.id, failure: error))
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
