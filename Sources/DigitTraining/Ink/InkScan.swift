import DigitModel

/// The places along one axis at which a field is scanned to a bitmap of `size` pixels: the centres of that many equal
/// parts of the square around its ink, rounded down to 1/32 of a pixel of the field.
struct InkScan {
    /// The pixel of the field that a place lies in, and the weights of the quadratic B-spline for it and its
    /// neighbours.
    struct Place {
        let indices: (Int, Int, Int)
        let weights: (Float, Float, Float)
    }

    /// Nil outside of the field, where there is paper.
    let places: [Place?]

    /// - Parameters:
    ///   - start: of the square, in halves of a pixel of the field; may be negative.
    ///   - side: of the square, in the same.
    init(start: Int, side: Int, size: Int) {
        let field = ImageSize.mnist.height
        places = (0..<size).map { index in
            let place = 16 * start + (2 * index + 1) * side * 8 / size
            guard (0..<32 * field).contains(place) else { return nil }
            let pixel = place / 32
            let distance = Float(place % 32 - 16) / 32
            return Place(
                indices: (max(pixel - 1, 0), pixel, min(pixel + 1, field - 1)),
                weights: (
                    0.5 * (0.5 - distance) * (0.5 - distance), 0.75 - distance * distance,
                    0.5 * (0.5 + distance) * (0.5 + distance)
                ))
        }
    }

    /// What paper outside of the field scans as.
    private static let paper: Float = -2

    /// `bitmap` [size, size] ← the field [28, 28] at the places of rows and columns.
    static func scan(
        _ field: UnsafePointer<Float>, rows: InkScan, columns: InkScan,
        into bitmap: UnsafeMutablePointer<Float>
    ) {
        let side = ImageSize.mnist.width
        let size = columns.places.count
        var line = [Float](repeating: 0, count: side)
        for (y, row) in rows.places.enumerated() {
            guard let row else {
                (bitmap + y * size).update(repeating: paper, count: size)
                continue
            }
            for x in 0..<side {
                line[x] =
                    row.weights.0 * field[row.indices.0 * side + x]
                    + row.weights.1 * field[row.indices.1 * side + x]
                    + row.weights.2 * field[row.indices.2 * side + x]
            }
            for (x, column) in columns.places.enumerated() {
                guard let column else {
                    bitmap[y * size + x] = paper
                    continue
                }
                bitmap[y * size + x] =
                    column.weights.0 * line[column.indices.0] + column.weights.1 * line[column.indices.1]
                    + column.weights.2 * line[column.indices.2]
            }
        }
    }

    /// The adjoint: adds the gradient of the field for that of the bitmap.
    static func addGradient(
        _ gradient: UnsafePointer<Float>, rows: InkScan, columns: InkScan,
        to field: UnsafeMutablePointer<Float>
    ) {
        let side = ImageSize.mnist.width
        let size = columns.places.count
        var line = [Float](repeating: 0, count: side)
        for (y, row) in rows.places.enumerated() {
            guard let row else { continue }
            for x in 0..<side { line[x] = 0 }
            for (x, column) in columns.places.enumerated() {
                guard let column else { continue }
                let value = gradient[y * size + x]
                line[column.indices.0] += column.weights.0 * value
                line[column.indices.1] += column.weights.1 * value
                line[column.indices.2] += column.weights.2 * value
            }
            for x in 0..<side {
                field[row.indices.0 * side + x] += row.weights.0 * line[x]
                field[row.indices.1 * side + x] += row.weights.1 * line[x]
                field[row.indices.2 * side + x] += row.weights.2 * line[x]
            }
        }
    }
}
