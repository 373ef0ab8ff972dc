import DigitModel
import NeuralNetwork
import Platform

/// The last layer of an ink generator: from a field [N, 28, 28, 1], whose positive side is ink, to the picture
/// [N, 28, 28, 1] in −1…1 that MNIST's preprocessing makes of that ink.
///
/// The field is enlarged to 56 × 56 (`FieldEnlargement`): a. Ink is where a > 0. The square around the ink's
/// bounding box is scanned to a bitmap of m × m (`InkScan`), as NIST's were, with an m of its own for each picture
/// (`InkSource`). The square around the box of what is scanned, for a speck may fall between the places of a scan,
/// is resampled to 20 × 20 (`BoxResampling`), g = R · ink · Rᵀ, scaled so that its greatest level is 255, rounded
/// down, and moved by whole pixels so that its centre of mass is near the middle of 28 × 28.
///
/// Gradient: the square, scale and place are constants; ink and rounding are straight-through, the ink's backward pass
/// being that of clip(b/2 + ½, 0, 1) of the scanned field b. On top comes the gradient of `InkTopologyPenalty`, if
/// there is one, and of a penalty on a > −1 outside of the square: no picture shows what is there, until a speck of it
/// becomes ink and moves the square.
///
/// In inference, specks are cleared first, as the runtime clears them. Training shows them: they have to be seen to be
/// unlearnt.
///
/// A generator that begins through the box, the threshold and the scale finds strokes of dots. So training begins with
/// soft pictures, in which a pixel is the mean of tanh a over its 2 × 2 of the enlarged field: nearly MNIST's gray,
/// with an exact gradient. See `finishedShare`.
final class InkFinishing: Layer {
    static let fieldSide = 28
    static let pictureSide = 28
    private static let box = BoxResampling.side

    private let enlargement = FieldEnlargement.finishing
    /// On the ink's topology; nil for none.
    var penalty: InkTopologyPenalty?
    /// Of the penalty on what is nearly ink outside of the square: strength · Σ max(a + 1, 0).
    var outsideStrength: Float = 0
    /// The part (0…1) of a batch in training, its first pictures, that is finished; the others are soft.
    var finishedShare: Float = 1
    /// Of each picture of the next forward pass.
    var sources: [InkSource] = []
    private let parallel: Parallel
    /// [20, m] for each m from 1 to the greatest.
    private let resampling: [[Float]]

    /// Of the last forward pass in training.
    private var enlarged: Tensor?
    private var scanned: Tensor?
    private var frames: [Frame?] = []

    init(penalty: InkTopologyPenalty? = nil, parallel: Parallel) {
        self.penalty = penalty
        self.parallel = parallel
        resampling = (1...InkSource.sizes.upperBound).map(BoxResampling.weights)
    }

    /// What the forward pass settles about one picture, constant for the backward pass.
    struct Frame {
        /// The rows and columns of the enlarged field that lie in the square around the ink's box.
        var fieldRows: Range<Int>
        var fieldColumns: Range<Int>
        /// The scan of that square.
        var rows: InkScan
        var columns: InkScan
        /// The square around the scanned ink's box: its first row and column, which may lie outside of the bitmap, and
        /// its side, m or a little less.
        var row = 0
        var column = 0
        var side = 1
        /// From ink sums to gray levels.
        var scale: Float = 0
        /// Where the 20 × 20 picture lies in the 28 × 28 one.
        var top = 4
        var left = 4

        /// Pixels along a side of the bitmap.
        var size: Int { rows.places.count }
        /// The rows and columns of the bitmap that lie in the square.
        var inkRows: Range<Int> { max(row, 0)..<min(row + side, size) }
        var inkColumns: Range<Int> { max(column, 0)..<min(column + side, size) }
    }

    /// How many of a batch in training are finished.
    func finishedCount(of batch: Int) -> Int { Int((Float(batch) * finishedShare).rounded()) }

    func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
        let side = enlargement.enlargedSide
        let finished = mode == .training ? finishedCount(of: input.batch) : input.batch
        precondition(sources.count == input.batch, "a source for each picture")
        let input = mode == .inference ? clearedOfSpecks(input) : input
        let sources = sources
        let pictures = Tensor(uninitialized: [
            input.batch, InkFinishing.pictureSide, InkFinishing.pictureSide, 1,
        ])
        let enlarged = Tensor(uninitialized: [input.batch, side, side])
        let greatest = InkSource.sizes.upperBound
        let scanned = Tensor(uninitialized: [input.batch, greatest, greatest])
        var frames = [Frame?](repeating: nil, count: input.batch)
        frames.withUnsafeMutableBufferPointer { frames in
            let found = UnsafeMutableBufferPointer(rebasing: frames[...])
            parallel.forEachPart(of: input.batch) { _, range in
                let scratch = Tensor(uninitialized: [side * side])
                for row in range {
                    let field = input.pointer + row * input.rowSize
                    let a = enlarged.pointer + row * side * side
                    enlargement.enlarge(field, into: a, scratch: scratch.pointer)
                    let picture = pictures.pointer + row * pictures.rowSize
                    guard row < finished else {
                        soften(a, into: picture)
                        continue
                    }
                    var frame = frame(around: a, sources[row])
                    let bitmap = scanned.pointer + row * scanned.rowSize
                    InkScan.scan(field, rows: frame.rows, columns: frame.columns, into: bitmap)
                    finish(bitmap, &frame, sources[row], into: picture)
                    found[row] = frame
                }
            }
        }
        (self.enlarged, self.scanned, self.frames) =
            mode == .inference ? (nil, nil, []) : (enlarged, scanned, frames)
        return pictures
    }

    func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
        guard wanted.contains(.input) else { return nil }
        guard let enlarged, let scanned else {
            preconditionFailure("backward without a forward pass in training")
        }
        let side = enlargement.enlargedSide
        let count = enlarged.batch
        let gradient = Tensor(uninitialized: [count, InkFinishing.fieldSide, InkFinishing.fieldSide, 1])
        parallel.forEachPart(of: count) { _, range in
            // Of the enlarged field, and then of the scanned one, which may be the larger.
            let greatest = InkSource.sizes.upperBound
            let slope = Tensor(uninitialized: [max(side * side, greatest * greatest)])
            let scratch = Tensor(uninitialized: [side * side])
            for row in range {
                let a = enlarged.pointer + row * side * side
                let pictureGradient = outputGradient.pointer + row * outputGradient.rowSize
                let field = gradient.pointer + row * gradient.rowSize
                guard let frame = frames[row] else {
                    setSoftGradient(pictureGradient, a, into: slope.pointer)
                    enlargement.reduce(slope.pointer, into: field, scratch: scratch.pointer)
                    continue
                }
                slope.pointer.update(repeating: 0, count: side * side)
                penalty?.addGradient(a, side: side, weight: 1 / Float(count), to: slope.pointer)
                addOutsideGradient(a, frame, weight: 1 / Float(count), to: slope.pointer)
                enlargement.reduce(slope.pointer, into: field, scratch: scratch.pointer)
                setInkGradient(
                    pictureGradient, frame, scanned.pointer + row * scanned.rowSize, into: slope.pointer)
                InkScan.addGradient(slope.pointer, rows: frame.rows, columns: frame.columns, to: field)
            }
        }
        return gradient
    }

    /// `picture` ← that of the ink where the scanned bitmap is positive; settles the frame's square, scale and place.
    private func finish(
        _ bitmap: UnsafePointer<Float>, _ frame: inout Frame, _ source: InkSource,
        into picture: UnsafeMutablePointer<Float>
    ) {
        let (size, box) = (frame.size, InkFinishing.box)
        (frame.row, frame.column, frame.side) = InkFinishing.square(around: bitmap, side: size)
        var levels = [Float](repeating: 0, count: box * box)
        let weights = resampling[frame.side - 1]
        // rows[t, x] = Σ R[t, y] · ink[y, x]
        var rows = [Float](repeating: 0, count: box * size)
        for y in frame.inkRows {
            for target in 0..<box {
                let weight = weights[target * frame.side + y - frame.row]
                guard weight != 0 else { continue }
                for x in 0..<size where bitmap[y * size + x] > 0 { rows[target * size + x] += weight }
            }
        }
        for x in frame.inkColumns {
            for column in 0..<box {
                let weight = weights[column * frame.side + x - frame.column]
                guard weight != 0 else { continue }
                for target in 0..<box { levels[target * box + column] += weight * rows[target * size + x] }
            }
        }
        frame.scale = 255 / max(levels.max() ?? 0, 1e-3)
        // What is 255 in the runtime's integers may be a little less in float32.
        let rounding: Float = source.roundsDown ? 0.001 : 0.5
        let most: Float = source.isLowered(size: size) ? 254 : 255
        var (total, rowMoment, columnMoment): (Float, Float, Float) = (0, 0, 0)
        for index in levels.indices {
            let level = min((levels[index] * frame.scale + rounding).rounded(.down), most)
            levels[index] = level
            total += level
            rowMoment += level * (Float(index / box) + 0.5)
            columnMoment += level * (Float(index % box) + 0.5)
        }
        if total > 0 {
            let free = InkFinishing.pictureSide - box
            frame.top = min(max(Int(15 - rowMoment / total), 0), free)
            frame.left = min(max(Int(15 - columnMoment / total), 0), free)
        }
        let width = InkFinishing.pictureSide
        picture.update(repeating: -1, count: width * width)
        for row in 0..<box {
            for column in 0..<box {
                picture[(frame.top + row) * width + frame.left + column] =
                    levels[row * box + column] / 127.5 - 1
            }
        }
    }

    private func clearedOfSpecks(_ fields: Tensor) -> Tensor {
        let result = Tensor(uninitialized: fields.shape)
        result.pointer.update(from: fields.pointer, count: fields.count)
        parallel.forEachPart(of: result.batch) { _, range in
            for row in range { InkFinishing.clearSpecks(of: result.pointer + row * result.rowSize) }
        }
        return result
    }

    /// Negates the numbers of specks as the runtime does (`dg_clear_specks_generic`): pieces of at most `speckSize`
    /// positive numbers, apart from the greatest one.
    static func clearSpecks(of field: UnsafeMutablePointer<Float>) {
        let pieces = Pieces(field, side: fieldSide)
        let greatest = pieces.ink.max { (pieces.areas[$0], $1) < (pieces.areas[$1], $0) }
        let specks = Set(pieces.ink.filter { pieces.areas[$0] <= speckSize && $0 != greatest })
        guard !specks.isEmpty else { return }
        for index in pieces.labels.indices where specks.contains(pieces.labels[index]) {
            field[index] = -field[index]
        }
    }

    /// The most positive numbers of a speck that bundles have cleared: with more, pieces of broken strokes would go.
    static let speckSize = 6

    /// The scan of the square around the ink where `a` is positive; of everything where there is no ink.
    private func frame(around a: UnsafePointer<Float>, _ source: InkSource) -> Frame {
        let whole = 0..<enlargement.enlargedSide
        let (row, column, side) = InkFinishing.square(around: a, side: whole.count)
        let count = (0..<whole.count * whole.count).count { a[$0] > 0 }
        let size = source.size(area: InkSource.area(count: count, side: side))
        return Frame(
            fieldRows: (row..<row + side).clamped(to: whole),
            fieldColumns: (column..<column + side).clamped(to: whole),
            rows: InkScan(start: row, side: side, size: size),
            columns: InkScan(start: column, side: side, size: size))
    }

    /// The square around the bounding box of the ink where a bitmap is positive; the whole bitmap where there is none.
    private static func square(
        around bitmap: UnsafePointer<Float>, side: Int
    ) -> (row: Int, column: Int, side: Int) {
        var (top, bottom, left, right) = (side, -1, side, -1)
        for y in 0..<side {
            for x in 0..<side where bitmap[y * side + x] > 0 {
                top = min(top, y)
                bottom = y
                left = min(left, x)
                right = max(right, x)
            }
        }
        guard bottom >= 0 else { return (0, 0, side) }
        let (height, width) = (bottom - top + 1, right - left + 1)
        let square = max(height, width)
        return (top - (square - height) / 2, left - (square - width) / 2, square)
    }

    /// `target` [m, m] ← the gradient with respect to the scanned field, by way of the ink.
    private func setInkGradient(
        _ pictureGradient: UnsafePointer<Float>, _ frame: Frame, _ bitmap: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let (size, box, width) = (frame.size, InkFinishing.box, InkFinishing.pictureSide)
        let weights = resampling[frame.side - 1]
        target.update(repeating: 0, count: size * size)
        // columns[t, x] = Σ dg[t, c] · R[c, x]
        var columns = [Float](repeating: 0, count: box * size)
        for x in frame.inkColumns {
            for column in 0..<box {
                let weight = weights[column * frame.side + x - frame.column]
                guard weight != 0 else { continue }
                for row in 0..<box {
                    columns[row * size + x] +=
                        weight * pictureGradient[(frame.top + row) * width + frame.left + column]
                }
            }
        }
        // Of −1…1 with respect to levels 0…255, and of the clipped ink with respect to the field.
        let scale = frame.scale / 127.5 * 0.5
        for y in frame.inkRows {
            for row in 0..<box {
                let weight = weights[row * frame.side + y - frame.row] * scale
                guard weight != 0 else { continue }
                for x in 0..<size { target[y * size + x] += weight * columns[row * size + x] }
            }
        }
        for index in 0..<size * size where abs(bitmap[index]) >= 1 { target[index] = 0 }
    }

    /// Adds `weight` times the gradient of the penalty outside of the square to `target` [56, 56].
    private func addOutsideGradient(
        _ a: UnsafePointer<Float>, _ frame: Frame, weight: Float, to target: UnsafeMutablePointer<Float>
    ) {
        guard outsideStrength > 0 else { return }
        let side = enlargement.enlargedSide
        for y in 0..<side {
            for x in 0..<side where a[y * side + x] > -1 {
                if frame.fieldRows.contains(y), frame.fieldColumns.contains(x) { continue }
                target[y * side + x] += outsideStrength * weight
            }
        }
    }

    /// The soft picture of `a`.
    private func soften(_ a: UnsafePointer<Float>, into picture: UnsafeMutablePointer<Float>) {
        let (side, width) = (enlargement.enlargedSide, InkFinishing.pictureSide)
        for y in 0..<width {
            for x in 0..<width {
                let first = a + 2 * y * side + 2 * x
                picture[y * width + x] =
                    (tanh(first[0]) + tanh(first[1]) + tanh(first[side]) + tanh(first[side + 1])) / 4
            }
        }
    }

    /// `target` [56, 56] ← the gradient of a soft picture with respect to a.
    private func setSoftGradient(
        _ pictureGradient: UnsafePointer<Float>, _ a: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let (side, width) = (enlargement.enlargedSide, InkFinishing.pictureSide)
        for y in 0..<side {
            for x in 0..<side {
                let value = tanh(a[y * side + x])
                target[y * side + x] = pictureGradient[y / 2 * width + x / 2] * (1 - value * value) / 4
            }
        }
    }
}
