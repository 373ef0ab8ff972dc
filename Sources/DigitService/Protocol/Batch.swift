import DigitFields
import DigitGen
import DigitModel
import Platform
import StrictJSON

/// Requests that arrived together and are drawn together: images of many requests fill the kernels as well as many
/// images of one. A batch is used again for those that arrive next, and keeps its memory.
struct Batch {
    /// A line and its reply.
    struct Entry {
        let id: JSONValue
        fileprivate(set) var reply: Reply
    }

    /// The reply to a line.
    enum Reply {
        case failure(RequestError)
        case hello
        case ping
        /// Images, drawn by `render`.
        case images(Place)
        /// A line of text, drawn by `render`; `number` is its place in the batch.
        case line(LineOperation, number: Int)
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
        /// Where the first one's image begins in `pixels`, after `render`.
        var start = 0

        /// Pixels of one digit.
        var pixelCount: Int { generator.imageSize(finish).pixelCount }
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
    /// Groups, and for each of them digits, whose memory is kept.
    private static let keptGroups = 4
    private static let keptDigits = 2 * enoughDigits

    private(set) var entries: [Entry] = []
    private var groups: [Group] = []
    private var lineGroups: [LineGroup] = []
    /// The images of all groups, after `render`.
    private var pixels: [UInt8] = []
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

    /// Removes all lines.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        if groups.count > Self.keptGroups || groups.contains(where: { $0.keys.count > Self.keptDigits }) {
            groups = []
        }
        for index in groups.indices { groups[index].keys.removeAll(keepingCapacity: true) }
        if pixels.count > 2 * Self.enoughPixels { pixels = [] }
        lineGroups = []
        pictures = []
        (digitCount, pixelCount, byteCount) = (0, 0, 0)
    }

    /// Adds a line of `byteCount` bytes.
    mutating func append(_ line: RequestLine, byteCount: Int, registry: inout ModelRegistry) {
        self.byteCount += byteCount
        var reply: Reply
        do throws(RequestError) {
            reply =
                switch try line.request.get() {
                case .hello: .hello
                case .ping: .ping
                case .draw(let operation): .images(try add(operation, &registry))
                case .line(let operation): .line(operation, number: try add(operation, &registry))
                }
        } catch {
            reply = .failure(error)
        }
        entries.append(Entry(id: line.id, reply: reply))
    }

    /// Draws all images, which do not depend on `threads`.
    mutating func render(threads: Int) {
        var end = 0
        for index in groups.indices {
            groups[index].start = end
            end += groups[index].keys.count * groups[index].pixelCount
        }
        if pixels.count < end { pixels = [UInt8](repeating: 0, count: end) }
        pixels.withUnsafeMutableBufferPointer { pixels in
            for group in groups where !group.keys.isEmpty {
                let range = group.start..<group.start + group.keys.count * group.pixelCount
                group.generator.render(
                    group.keys, group.finish, into: UnsafeMutableBufferPointer(rebasing: pixels[range]),
                    threads: threads)
            }
        }
        for group in lineGroups {
            let drawn = group.drawer.draw(group.requests.map(\.request), threads: threads) { $1 }
            for (place, picture) in zip(group.requests, drawn) { pictures[place.number] = picture }
        }
    }

    /// A line of text, after `render`.
    func picture(_ number: Int) throws(RequestError) -> LinePicture {
        guard let picture = pictures[number] else { throw .internal(reason: "nothing was drawn") }
        do throws(LineError) { return try picture.get() } catch { throw .line(error) }
    }

    /// The digits of a request one after the other, after `render`.
    func pixels(_ place: Place) -> ArraySlice<UInt8> {
        let group = groups[place.group]
        let size = group.pixelCount
        return pixels[
            group.start + place.digits.lowerBound * size..<group.start + place.digits.upperBound * size]
    }

    private mutating func add(
        _ operation: DrawOperation, _ registry: inout ModelRegistry
    ) throws(RequestError) -> Place {
        let source = try registry.source(for: operation.request)
        let generator = source.sequence.generator
        let finish = operation.request.finish
        let group =
            groups.firstIndex { $0.generator.name == generator.name && $0.finish == finish } ?? groups.count
        if group == groups.count { groups.append(Group(generator: generator, finish: finish)) }
        let start = groups[group].keys.count
        source.sequence.append(operation.request.images, to: &groups[group].keys)
        let end = groups[group].keys.count
        digitCount += end - start
        pixelCount += (end - start) * finish.size * finish.size
        return Place(operation: operation, source: source, group: group, digits: start..<end)
    }

    /// Adds a line of text and returns its number.
    private mutating func add(
        _ operation: LineOperation, _ registry: inout ModelRegistry
    ) throws(RequestError) -> Int {
        let drawer = try registry.drawer(for: operation)
        let group =
            lineGroups.firstIndex { $0.drawer.generator.name == drawer.generator.name } ?? lineGroups.count
        if group == lineGroups.count { lineGroups.append(LineGroup(drawer: drawer)) }
        let number = pictures.count
        lineGroups[group].requests.append((number, operation.request))
        pictures.append(nil)
        digitCount += operation.text.characters.count
        pixelCount += operation.estimatedPixels
        return number
    }
}
