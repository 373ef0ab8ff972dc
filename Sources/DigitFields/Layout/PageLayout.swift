/// The size of a page in pixels.
package struct PageSize: Equatable, Sendable {
    /// Pixels along a side of a page.
    package static let sides = 64...8192

    package let width: Int
    package let height: Int

    /// Reads "WxH", such as "1024x768". Nil for anything else, and for sides out of range.
    package init?(_ text: String) {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
            let width = Int(parts[0]),
            let height = Int(parts[1]), Self.sides.contains(width), Self.sides.contains(height)
        else { return nil }
        (self.width, self.height) = (width, height)
    }
}

/// Places lines on a page without overlap: in rows from the top, several beside each other where they fit, with random
/// distances.
package struct PageLayout: Sendable {
    /// The most lines of a page.
    package static let lineLimit = 64

    private let size: PageSize
    private var random: RandomStream
    private var x = 0
    private var y: Int
    private var rowHeight = 0
    /// The mean distance of lines.
    private let gap: Int

    /// - Parameters:
    ///   - height: of most lines.
    ///   - seed, index: those of the page.
    package init(_ size: PageSize, lineHeight: Int, seed: UInt64, index: Int) {
        self.size = size
        random = RandomStream(.page, seed: seed, index: index)
        gap = max(1, lineHeight / 2)
        y = random.within(0...gap)
        x = random.within(0...2 * gap)
    }

    /// The height of the next line: between three quarters and five quarters of the standard.
    package mutating func height(_ standard: Int) -> Int { standard * random.within(75...125) / 100 }

    /// The upper left corner of the next line; nil if the page has no more room for it. The first one moves up and to
    /// the left where it must.
    package mutating func place(width: Int, height: Int, isFirst: Bool) -> (x: Int, y: Int)? {
        if isFirst { y = max(0, min(y, size.height - height)) }
        // Some rows end early, as on paper.
        let endsRow = rowHeight > 0 && random.isTrue(inThousand: 250)
        if endsRow || x + width > size.width, rowHeight > 0 {
            y += rowHeight + random.within(0...gap)
            x = random.within(0...2 * gap)
            rowHeight = 0
        }
        if x + width > size.width { x = max(0, size.width - width) }
        guard x + width <= size.width, y + height <= size.height else { return nil }
        let place = (x, y)
        x += width + random.within(gap / 2...3 * gap)
        rowHeight = max(rowHeight, height)
        return place
    }
}
