import DigitGen
import Testing

@testable import DigitFields

@Suite("Outlines of lines")
struct LineOutlineTests {
    private static let parts = 1000

    private func line(height: Int, hasBoxes: Bool = false) throws -> (LineRequest, LinePicture, LineOutline) {
        // Nothing touches, so that a box has the ink of its character alone.
        let style = try LineStyle(height: height, spacing: 60, touch: 0, hasBoxes: hasBoxes)
        let request = LineRequest(try FieldText("+1 (23)/45.67-8:9,0"), style: style, seed: 3, index: 4)
        let drawer = try Lines.drawer.get()
        return (
            request, try drawer.draw([request]) { $1 }[0].get(), drawer.outline(request, parts: Self.parts)
        )
    }

    /// The points of a shape's edge, or nearly so.
    private func edge(of shape: LineOutline.Shape) -> [SIMD2<Int>] {
        switch shape {
        case .ink(let loops):
            loops.flatMap { loop in
                loop.indices.map { (loop[$0] &+ loop[($0 + 1) % loop.count]) / 2 }
            }
        case .strokes(let strokes):
            strokes.flatMap { stroke in
                (0...16).flatMap { step in
                    let rest = 16 - step
                    let point =
                        (stroke.start &* (rest * rest) &+ stroke.control &* (2 * step * rest)
                            &+ stroke.end &* (step * step)) / 256
                    let radius = stroke.width / 2
                    return [
                        point &- SIMD2(radius, 0), point &+ SIMD2(radius, 0), point &- SIMD2(0, radius),
                        point &+ SIMD2(0, radius),
                    ]
                }
            }
        }
    }

    @Test("each outline fills the box of its character in the picture", arguments: [48, 300])
    func boxes(height: Int) throws {
        let (_, picture, outline) = try line(height: height)
        #expect(outline.width == picture.width && outline.height == picture.height)
        #expect(outline.characters.count == picture.boxes.count)
        for (shape, box) in zip(outline.characters, picture.boxes) {
            let edge = edge(of: shape)
            let (xs, ys) = (edge.map(\.x), edge.map(\.y))
            // A box is of whole pixels, and a pen's width is a mean.
            let near = Self.parts * 5 / 4
            for (found, expected) in [
                (xs.min(), box.x), (xs.max(), box.x + box.width), (ys.min(), box.y),
                (ys.max(), box.y + box.height),
            ] {
                #expect(abs(try #require(found) - expected * Self.parts) <= near, "\(box)")
            }
        }
    }

    @Test("the coordinates of ink are even, so that the middles between them are exact")
    func even() throws {
        for case .ink(let loops) in try line(height: 50).2.characters {
            #expect(loops.allSatisfy { $0.count >= 3 && $0.allSatisfy { $0 % 2 == SIMD2(0, 0) } })
        }
    }

    @Test("a comb has a line around and between all cells")
    func comb() throws {
        let (request, _, outline) = try line(height: 64, hasBoxes: true)
        #expect(outline.printed.count == 2 + request.text.characters.count + 1)
        #expect(try line(height: 64).2.printed.isEmpty)
    }
}
