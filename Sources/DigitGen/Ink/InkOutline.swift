import CKernels
import Platform

/// The outline of a digit's ink: closed loops, each a quadratic B-spline, to be filled by the even-odd rule.
///
/// A loop passes through where the field changes its sign between points of a lattice, four to a pixel of the field.
/// Between points the field is taken as linear, as in `InkCell`; where a cell's corners alternate, the sign of their
/// mean joins the ink or divides it. Integers only, so every processor gives the same loops.
package struct InkOutline: Equatable, Sendable {
    /// At least three points each: control points of quadratic Béziers, which begin and end in the
    /// middle between two vertices. Coordinates are even, so the middles are integers. Empty without ink.
    package let loops: [[SIMD2<Int>]]

    /// - Parameter extent: the length of the picture's side, in units of the coordinates; even. The picture is that of
    ///   `InkFrame`, which ink may leave by less than half a pixel of the field.
    init(_ field: InkField, extent: Int) {
        self.init(field, InkFrame(field), extent: extent)
    }

    /// - Parameter frame: the square of the field that the picture shows; nil for a field without ink.
    fileprivate init(_ field: InkField, _ frame: InkFrame?, extent: Int) {
        guard let frame else {
            loops = []
            return
        }
        loops = InkLattice(field).loops().map { loop in
            Self.controlPoints(through: loop).map { vertex in
                SIMD2(
                    2 * frame.step(at: vertex.x - frame.left, of: extent / 2),
                    2 * frame.step(at: vertex.y - frame.top, of: extent / 2))
            }
        }
    }

    /// The control points of a closed spline that passes through points, or nearly so: beside a control point, the
    /// spline lies an eighth of the second difference nearer to the two around it.
    private static func controlPoints(through loop: [SIMD2<Int64>]) -> [SIMD2<Int64>] {
        loop.indices.map { index in
            let point = loop[index]
            let before = loop[index == 0 ? loop.count - 1 : index - 1]
            let after = loop[index + 1 == loop.count ? 0 : index + 1]
            return point &+ ((2 &* point &- before &- after) &>> 3)
        }
    }
}

/// A field at the points of a lattice, with a border of paper.
private struct InkLattice {
    /// Points of the lattice along a pixel of the field.
    private static let density: Int64 = 4
    /// Points along a side. The outermost are the border, at the same place as those beside them.
    private static let side = InkField.side * Int(density) + 3
    /// Points nearer than this to the one before are left out, in both directions.
    private static let nearest = InkField.unit / 16

    /// Points nearer than this to the line between their neighbours need not be there.
    private static let flat = InkField.unit / 128

    /// (side, side), positive where there is ink, in 32 bits.
    private var values: [Int64]

    init(_ field: InkField) {
        let side = Self.side
        values = [Int64](repeating: -1, count: side * side)
        let places = (1..<side - 1).map { SplinePlace(Self.position($0)) }
        withUnsafeTemporaryAllocation(of: Int64.self, capacity: InkField.side) { buffer in
            guard let line = buffer.baseAddress else { return }
            for (y, row) in places.enumerated() {
                field.interpolate(at: row, into: line)
                for (x, column) in places.enumerated() {
                    let value = column.value(line)
                    // Keep the sign of small values.
                    values[(y + 1) * side + x + 1] = value > 0 ? max(value >> 32, 1) : value >> 32
                }
            }
        }
    }

    /// The position in the field of a point, in one direction.
    private static func position(_ index: Int) -> Int64 {
        min(max(Int64(index - 1) * InkField.unit / density, 0), InkField.end)
    }

    /// The loops around the ink, in positions of the field.
    func loops() -> [[SIMD2<Int64>]] {
        var successors = successors()
        return successors.indices.compactMap { start in
            var loop: [SIMD2<Int64>] = []
            var edge = start
            while let next = successors[edge] {
                successors[edge] = nil
                let vertex = vertex(on: edge)
                if loop.last.map({ Self.areApart($0, vertex) }) ?? true { loop.append(vertex) }
                edge = next
            }
            while loop.count > 1, !Self.areApart(loop[0], loop[loop.count - 1]) { loop.removeLast() }
            return loop.count >= 3 ? Self.thinned(loop) : nil
        }
    }

    /// The loop without those points that are as good as on the line between their neighbours, but for every other.
    private static func thinned(_ loop: [SIMD2<Int64>]) -> [SIMD2<Int64>] {
        var thinned = [loop[0]]
        var index = 1
        while index < loop.count {
            let next = loop[(index + 1) % loop.count]
            if index + 1 < loop.count, isFlat(loop[index - 1], loop[index], next) { index += 1 }
            thinned.append(loop[index])
            index += 1
        }
        return thinned.count >= 3 ? thinned : loop
    }

    private static func isFlat(_ a: SIMD2<Int64>, _ b: SIMD2<Int64>, _ c: SIMD2<Int64>) -> Bool {
        let (chord, arm) = (c &- a, b &- a)
        let area = abs(chord.x * arm.y - chord.y * arm.x)
        return area <= flat * max(abs(chord.x), abs(chord.y)) && (chord &* arm).wrappedSum() > 0
    }

    private static func areApart(_ a: SIMD2<Int64>, _ b: SIMD2<Int64>) -> Bool {
        max(abs(a.x - b.x), abs(a.y - b.y)) >= nearest
    }

    /// For each edge that the outline crosses, the next one, with the ink on the same side. From point i, edge 2i goes
    /// to the right and 2i + 1 down.
    private func successors() -> [Int?] {
        let side = Self.side
        var successors = [Int?](repeating: nil, count: 2 * side * side)
        for y in 0..<side - 1 {
            for x in 0..<side - 1 {
                let point = y * side + x
                var inkCount = 0
                for corner in 0..<4 where values[point + corner % 2 + corner / 2 * side] > 0 { inkCount += 1 }
                guard (1...3).contains(inkCount) else { continue }
                // In turn around the cell; edge i is between corners i and i + 1.
                let corners = [point, point + 1, point + side + 1, point + side]
                let edges = [2 * point, 2 * point + 3, 2 * (point + side), 2 * point + 1]
                let isInk = corners.map { values[$0] > 0 }
                let entries = (0..<4).filter { !isInk[$0] && isInk[($0 + 1) % 4] }
                let joinsInk = corners.reduce(0) { $0 + values[$1] } > 0
                for exit in 0..<4 where isInk[exit] && !isInk[(exit + 1) % 4] {
                    let entry = entries.count == 1 ? entries[0] : (exit + (joinsInk ? 1 : 3)) % 4
                    successors[edges[exit]] = edges[entry]
                }
            }
        }
        return successors
    }

    /// The position where the outline crosses an edge.
    private func vertex(on edge: Int) -> SIMD2<Int64> {
        let isDown = edge % 2 == 1
        let first = edge / 2
        let (begin, end) = (values[first], values[isDown ? first + Self.side : first + 1])
        let (y, x) = first.quotientAndRemainder(dividingBy: Self.side)
        func cross(_ index: Int) -> Int64 {
            let (start, span) = (begin.magnitude, (begin - end).magnitude)
            let length = Self.position(index + 1) - Self.position(index)
            return Self.position(index) + (length * Int64(start) + Int64(span) / 2) / Int64(span)
        }
        return isDown ? SIMD2(Self.position(x), cross(y)) : SIMD2(cross(x), Self.position(y))
    }
}

extension DrawnField {
    /// The outline of the ink where it lies in the field.
    ///
    /// - Parameter extent: the length of the field's side, in units of the outline's coordinates; even.
    package func outline(extent: Int) -> InkOutline {
        InkOutline(InkField(values, stride: Int(DG_FIELD_STRIDE)), .field, extent: extent)
    }
}

extension DigitGenerator {
    /// The outlines of the ink of each key; the model must draw ink.
    ///
    /// - Parameters:
    ///   - extent: the length of a picture's side, in units of the outlines' coordinates; even.
    ///   - threads: the number of threads to use, nil for one on each processor; the outlines do not depend on it.
    package func outlines(_ keys: [ImageKey], extent: Int, threads: Int? = 1) -> [InkOutline] {
        [InkOutline](unsafeUninitializedCapacity: keys.count) { buffer, count in
            count = keys.count
            guard let base = buffer.baseAddress else { return }
            plan.run(
                settled(keys, threads: threads ?? Processors.count), threads: threads ?? Processors.count
            ) { index, field in
                let field = InkField(field, stride: Int(DG_FIELD_STRIDE))
                (base + index).initialize(to: InkOutline(field, extent: extent))
            }
        }
    }
}
