import DigitFields
import DigitImaging

extension LineDataSetJob {
    /// A picture for each text.
    func lineExamples(_ texts: [(index: Int, text: FieldText)]) throws -> [LineExample] {
        let requests = texts.map { index, text in
            LineRequest(text, style: source.style, seed: seed(of: index), index: index, hand: source.hand)
        }
        return try source.draw(requests) { place, line in
            var encoder = try PNGEncoder()
            let picture = try GrayImage(width: line.width, height: line.height, pixels: line.pixels)
            let codes = line.text.characters.filter { !$0.isSpace }
            return LineExample(
                name: Self.name(texts[place].index), index: texts[place].index, width: line.width,
                height: line.height, text: line.text.description,
                characters: zip(codes, line.boxes).map { (code: $0, box: $1) },
                png: try encoder.encode(picture))
        }
    }

    /// Page `index` of lines by the pattern.
    func pageExample(_ index: Int, _ size: PageSize) throws -> LineExample {
        guard case .pattern(let pattern, _) = texts else {
            preconditionFailure("texts of a file wait for room")
        }
        let seed = seed(of: index)
        let first = index * PageLayout.lineLimit
        let texts = (0..<lineCount(of: size)).map { pattern.text(seed: seed, index: first + $0) }
        return try pageExample(index, size, texts).example
    }

    /// Page `index` of texts, and the number of those that it has room for, at least one.
    func pageExample(
        _ index: Int, _ size: PageSize, _ texts: [FieldText]
    ) throws -> (example: LineExample, placed: Int) {
        let seed = seed(of: index)
        var layout = PageLayout(size, lineHeight: source.style.height, seed: seed, index: index)
        var pixels = [UInt8](repeating: source.style.paper, count: size.width * size.height)
        var characters: [(code: UInt8, box: PixelBox)] = []
        var lines: [String] = []
        for line in try drawLines(texts, seed: seed, index, &layout) {
            guard line.width <= size.width, line.height <= size.height else {
                throw LineError.largerThanPage(
                    text: line.text.description, width: line.width, height: line.height,
                    pageWidth: size.width, pageHeight: size.height)
            }
            guard let place = layout.place(width: line.width, height: line.height, isFirst: lines.isEmpty)
            else { break }
            for row in 0..<line.height {
                let target = (place.y + row) * size.width + place.x
                pixels.replaceSubrange(
                    target..<target + line.width, with: line.pixels[row * line.width..<(row + 1) * line.width]
                )
            }
            for (code, box) in zip(line.text.characters.filter { !$0.isSpace }, line.boxes) {
                let moved = PixelBox(
                    x: place.x + box.x, y: place.y + box.y, width: box.width, height: box.height)
                characters.append((code, moved))
            }
            lines.append(line.text.description)
        }
        var encoder = try PNGEncoder()
        let picture = try GrayImage(width: size.width, height: size.height, pixels: pixels)
        let example = LineExample(
            name: Self.name(index), index: index, width: size.width, height: size.height,
            text: lines.joined(separator: "\n"), characters: characters, png: try encoder.encode(picture))
        return (example, lines.count)
    }

    /// The most lines that are tried on a page.
    func lineCount(of size: PageSize) -> Int {
        let area = source.style.height * source.style.height * 2
        return min(PageLayout.lineLimit, max(1, size.width * size.height / area))
    }

    /// The lines of a page, in different heights.
    private func drawLines(
        _ texts: [FieldText], seed: UInt64, _ page: Int, _ layout: inout PageLayout
    ) throws -> [LinePicture] {
        let requests = texts.enumerated().map { line, text in
            let index = page * PageLayout.lineLimit + line
            var style = source.style
            style.height = max(LineStyle.height.range.lowerBound, layout.height(style.height))
            style.margin = 1
            style.across = nil
            return LineRequest(
                text, style: style, seed: seed, index: index,
                hand: source.hand)
        }
        return try source.draw(requests) { $1 }
    }

    /// The name of an example's files: all of at least eight digits, so that the first 100,000,000 sort in their order.
    private static func name(_ index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
    }
}
