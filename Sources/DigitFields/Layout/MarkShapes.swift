/// A stroke of a pen: a quadratic Bézier curve with round ends, in units of the hand, y upwards from the line.
struct PenStroke: Equatable {
    var start: SIMD2<Int>
    var control: SIMD2<Int>
    var end: SIMD2<Int>
    /// Half its width at both ends.
    var radii: (start: Int, end: Int)

    static func == (first: PenStroke, second: PenStroke) -> Bool {
        first.start == second.start && first.control == second.control && first.end == second.end
            && first.radii == second.radii
    }

    /// The parts that a curve is drawn in.
    static let parts = 8

    /// The point after `part` of `parts`.
    func point(_ part: Int) -> SIMD2<Int> {
        let rest = Self.parts - part
        let sum =
            start &* SIMD2(repeating: rest * rest) &+ control &* SIMD2(repeating: 2 * part * rest)
            &+ end &* SIMD2(repeating: part * part)
        let whole = Self.parts * Self.parts
        return SIMD2(Self.rounded(sum.x, whole), Self.rounded(sum.y, whole))
    }

    /// Half the width after `part` of `parts`.
    func radius(_ part: Int) -> Int {
        Self.rounded(radii.start * (Self.parts - part) + radii.end * part, Self.parts)
    }

    private static func rounded(_ value: Int, _ divisor: Int) -> Int {
        (2 * value + (value < 0 ? -divisor : divisor)) / (2 * divisor)
    }
}

/// The strokes of the marks, as a hand writes them: in its width and slant, larger or smaller, and each time a little
/// different in every point.
struct MarkShapes {
    let hand: Hand
    /// The width of the hand's strokes.
    let strokeWidth: Int
    /// How far its strokes move to the right on their way up, in 1/1024 of the way.
    let slant: Int

    /// The strokes of a mark, whose box begins near x = 0.
    func strokes(_ mark: UInt8, _ random: inout RandomStream) -> [PenStroke] {
        let lift = hand.markLift + random.normal(28)
        switch mark {
        case UInt8(ascii: "-"):
            let length = 340 + random.normal(60)
            let height = 430 + lift
            let tilt = random.normal(26)
            return [
                stroke(
                    (0, height), (length / 2, height + tilt / 2 + random.normal(22)), (length, height + tilt),
                    &random)
            ]
        case UInt8(ascii: "."): return [dot(at: 20 + random.normal(14), &random)]
        case UInt8(ascii: ":"):
            return [dot(at: 120 + lift, &random), dot(at: 560 + lift + random.normal(36), &random)]
        case UInt8(ascii: ","):
            let length = 190 + random.normal(34)
            return [
                stroke(
                    (50, 70), (64 + random.normal(14), -length / 3), (random.normal(20), 60 - length), &random
                )
            ]
        case UInt8(ascii: "/"):
            let width = max(260, 430 + random.normal(80))
            let (low, high) = (-100 + random.normal(56), 1090 + random.normal(56))
            return [
                stroke(
                    (width, high), (width / 2 + random.normal(36), (low + high) / 2 + random.normal(36)),
                    (0, low), &random)
            ]
        case UInt8(ascii: "+"):
            let (length, height) = (440 + random.normal(56), 450 + lift)
            let (middle, tilt) = (length / 2 + random.normal(24), random.normal(24))
            let half = 210 + random.normal(32)
            return [
                stroke(
                    (0, height), (length / 2, height + random.normal(16)), (length, height + tilt), &random),
                stroke(
                    (middle, height + half), (middle + random.normal(16), height),
                    (middle + random.normal(16), height - half),
                    &random),
            ]
        case UInt8(ascii: "("): return [parenthesis(opens: true, &random)]
        default: return [parenthesis(opens: false, &random)]
        }
    }

    /// A short stroke that is nearly a point.
    private func dot(at height: Int, _ random: inout RandomStream) -> PenStroke {
        let length = 24 + abs(random.normal(26))
        let end = (length, height + random.normal(22))
        var dot = stroke((0, height), (length / 2, height), end, &random)
        // A pen rests on a dot.
        let radius = dot.radii.start * (1100 + random.normal(110)) / 1024
        dot.radii = (radius, radius * 15 / 16)
        return dot
    }

    private func parenthesis(opens: Bool, _ random: inout RandomStream) -> PenStroke {
        let (low, high) = (-120 + random.normal(44), 1110 + random.normal(44))
        let depth = 300 + random.normal(64)
        let ends = (opens ? 190 : 0, opens ? 190 : 0)
        return stroke(
            (ends.0 + random.normal(20), high),
            ((opens ? 190 - depth : depth), (low + high) / 2 + random.normal(56)),
            (ends.1 + random.normal(20), low),
            &random)
    }

    /// A stroke between points of an upright hand of the mean size.
    private func stroke(
        _ start: (Int, Int), _ control: (Int, Int), _ end: (Int, Int), _ random: inout RandomStream
    ) -> PenStroke {
        func placed(_ point: (Int, Int)) -> SIMD2<Int> {
            let y = point.1 * hand.markSize / 1024
            return SIMD2(point.0 * hand.markSize / 1024 + y * slant / 1024, y)
        }
        let radius = max(strokeWidth, 24) * (512 + random.normal(30)) / 1024
        return PenStroke(
            start: placed(start), control: placed(control), end: placed(end),
            radii: (radius, radius * (980 + random.normal(50)) / 1024))
    }
}
