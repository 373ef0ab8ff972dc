import DigitModel
import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Ink finishing")
struct InkFinishingTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("reducing a field is the adjoint of enlarging it", arguments: [1, 2, 3, 5])
    func adjoint(factor: Int) {
        let enlargement = FieldEnlargement(side: 7, factor: factor)
        let large = enlargement.enlargedSide * enlargement.enlargedSide
        let (field, other) = (randomTensor([49], seed: seed), randomTensor([large], seed: seed + 1))
        let (enlarged, reduced) = (Tensor(uninitialized: [large]), Tensor(uninitialized: [49]))
        let scratch = Tensor(uninitialized: [large])
        enlargement.enlarge(field.pointer, into: enlarged.pointer, scratch: scratch.pointer)
        enlargement.reduce(other.pointer, into: reduced.pointer, scratch: scratch.pointer)
        let first = product(enlarged, other)
        let second = product(field, reduced)
        #expect(abs(first - second) < 1e-4, "\(first) \(second), seed \(seed)")
    }

    @Test("a constant field stays constant when it is enlarged")
    func constant() {
        let enlargement = FieldEnlargement(side: 4, factor: 3)
        let (field, enlarged) = (Tensor(repeating: 0.5, shape: [16]), Tensor(uninitialized: [144]))
        let scratch = Tensor(uninitialized: [144])
        withExtendedLifetime(scratch) {
            enlargement.enlarge(field.pointer, into: enlarged.pointer, scratch: scratch.pointer)
        }
        #expect(enlarged.elements.allSatisfy { abs($0 - 0.5) < 1e-6 })
    }

    @Test("the picture is that of the published description, and so is the gradient of its linear part")
    func reference() throws {
        for round in 0..<20 {
            let field = InkSamples.field(seed: seed + UInt64(round))
            let layer = InkFinishing(parallel: Parallel(threads: 1))
            let isLowered = round % 3 == 0
            let source = InkSource(
                size: 20 + (round * 7) % 45, roundsDown: round % 2 == 0, lowered: isLowered)
            layer.sources = [source]
            let picture = layer.forward(field, .training)
            let reference = try #require(
                ReferenceInkFinishing(
                    field, enlarged: InkSamples.enlarged(field), source))
            for index in 0..<784 {
                let level = Double(picture.pointer[index] + 1) * 127.5
                #expect(
                    abs(level - reference.levels[index]) <= 1.001,
                    "pixel \(index), seed \(seed), round \(round)")
            }
            // Exact: a tolerance of one level would hide it.
            let greatest = (((picture.elements.max() ?? -1) + 1) * 127.5).rounded()
            #expect(greatest == (isLowered ? 254 : 255), "seed \(seed), round \(round)")

            let upstream = randomTensor([1, 28, 28, 1], seed: seed + 99)
            let gradient = try #require(layer.backward(upstream, wanted: .input))
            let expected = reference.fieldGradient(of: upstream)
            let largest = expected.elements.map(abs).max() ?? 0
            for index in 0..<784 {
                #expect(
                    abs(gradient.pointer[index] - expected.pointer[index]) <= 1e-3 * largest + 1e-6,
                    "field \(index), seed \(seed), round \(round)")
            }
        }
    }

    @Test("digits are exactly 20 pixels long, whatever their ink's box")
    func length() {
        let layer = InkFinishing(parallel: Parallel(threads: 1))
        layer.sources = [44].map { InkSource(size: $0) }
        for (height, width) in [(1, 1), (1, 9), (9, 1), (5, 17), (28, 28), (28, 3), (2, 28)] {
            let field = Tensor(repeating: -1, shape: [1, 28, 28, 1])
            for y in 0..<height { for x in 0..<width { field.pointer[y * 28 + x] = 1 } }
            let picture = layer.forward(field, .inference).elements
            let rows = (0..<28).count { row in (0..<28).contains { picture[row * 28 + $0] > -1 } }
            let columns = (0..<28).count { column in (0..<28).contains { picture[$0 * 28 + column] > -1 } }
            #expect(max(rows, columns) == 20, "\(height) × \(width): \(rows) × \(columns)")
            #expect(picture.max() == 1)
        }
    }

    @Test("a soft picture's gradient is exact")
    func softGradient() {
        let layer = InkFinishing(parallel: Parallel(threads: 1))
        layer.sources = [32, 44].map { InkSource(size: $0) }
        layer.finishedShare = 0
        checkGradients(of: layer, input: randomTensor([2, 28, 28, 1], seed: seed), seed: seed)
    }

    @Test("a batch's first pictures are finished, the others soft, and none is soft outside of training")
    func shares() {
        let layer = InkFinishing(parallel: Parallel(threads: 2))
        layer.sources = [32, 44, 56, 26].map { InkSource(size: $0) }
        let fields = randomTensor([4, 28, 28, 1], seed: seed)
        let whole = layer.forward(fields, .training).elements
        layer.finishedShare = 0.5
        #expect(layer.finishedCount(of: 4) == 2)
        let half = layer.forward(fields, .training).elements
        #expect(half[..<(2 * 784)] == whole[..<(2 * 784)])
        #expect(half[(2 * 784)...].allSatisfy { abs($0) < 1 })
        for row in 0..<4 { InkFinishing.clearSpecks(of: fields.pointer + row * 784) }
        let cleared = layer.forward(fields, .inference).elements
        layer.finishedShare = 1
        #expect(cleared == layer.forward(fields, .training).elements)
    }

    @Test("the soft picture of steep ink is the share of each pixel that it covers")
    func softCoverage() {
        let layer = InkFinishing(parallel: Parallel(threads: 1))
        layer.sources = [44].map { InkSource(size: $0) }
        layer.finishedShare = 0
        let field = Tensor(repeating: -1000, shape: [1, 28, 28, 1])
        for y in 10..<18 { for x in 5..<9 { field.pointer[y * 28 + x] = 1000 } }
        let picture = layer.forward(field, .training).elements
        #expect(picture[12 * 28 + 7] == 1 && picture[12 * 28 + 20] == -1)
        let ink = picture.reduce(0) { $0 + ($1 + 1) / 2 }
        #expect(abs(ink - 32) < 2, "\(ink) pixels of ink")
    }

    @Test("no ink gives an empty picture")
    func empty() {
        let layer = InkFinishing(parallel: Parallel(threads: 1))
        layer.sources = [44].map { InkSource(size: $0) }
        let picture = layer.forward(Tensor(repeating: -0.5, shape: [1, 28, 28, 1]), .training)
        #expect(picture.elements.allSatisfy { $0 == -1 })
        let gradient = layer.backward(Tensor(repeating: 1, shape: [1, 28, 28, 1]), wanted: .input)
        #expect(gradient?.elements.contains { $0 > 0 } == true, "nothing would make ink appear")
    }

    @Test("the penalty outside of the square adds its gradient to that of finished pictures alone")
    func outsidePenalty() throws {
        let fields = InkSamples.smeared(seed: seed)
        let addition = try addition(to: fields) { $0.outsideStrength = 0.25 }
        let squares = (0..<3).map { square(InkSamples.enlarged(fields.rows($0..<$0 + 1))) }
        checkAddition(addition, to: fields) { row, a in
            var (penalty, places) = (0.0, 0)
            for y in 0..<56 {
                for x in 0..<56 where a[y * 56 + x] > -1 {
                    if squares[row].rows.contains(y), squares[row].columns.contains(x) { continue }
                    penalty += 0.25 * Double(a[y * 56 + x] + 1)
                    places += 1
                }
            }
            return (penalty, places)
        }
    }

    @Test("the topology penalty adds the gradient of its differences while its places are held fixed")
    func topologyPenalty() throws {
        let fields = InkSamples.flawed()
        let addition = try addition(to: fields) { $0.penalty = InkTopologyPenalty(strength: 0.5) }
        let signs = (0..<3).map { row in
            let gradient = Tensor(repeating: 0, shape: [56 * 56])
            let a = Tensor(InkSamples.enlarged(fields.rows(row..<row + 1)), shape: [56 * 56])
            InkTopologyPenalty(strength: 1).addGradient(a.pointer, side: 56, weight: 1, to: gradient.pointer)
            return gradient.elements
        }
        #expect(signs.allSatisfy { $0.contains(1) && $0.contains(-1) }, "no speck, or nothing to fill")
        checkAddition(addition, to: fields) { row, a in
            let penalties = zip(signs[row], a).map { Double($0 * $1) }
            return (0.5 * penalties.reduce(0, +), 0)
        }
    }

    /// What the gradient of three fields, of which the last gives a soft picture, gains by a change of the layer.
    private func addition(to fields: Tensor, _ change: (InkFinishing) -> Void) throws -> Tensor {
        let layer = InkFinishing(parallel: Parallel(threads: 1))
        layer.sources = [32, 61, 44].map { InkSource(size: $0) }
        layer.finishedShare = 2.0 / 3
        _ = layer.forward(fields, .training)
        let upstream = randomTensor(fields.shape, seed: seed + 99)
        let without = try #require(layer.backward(upstream, wanted: .input))
        change(layer)
        let with = try #require(layer.backward(upstream, wanted: .input))
        return with.adding(without, times: -1)
    }

    /// Compares such a gain with central differences of a penalty on enlarged fields, averaged over the batch.
    ///
    /// A penalty is linear while the number of its `places` stays the same. So its differences are exact but for the
    /// rounding of the 36 numbers that a pixel reaches: with a step of 1/256, some 10⁻⁴ of the largest gradient.
    private func checkAddition(
        _ addition: Tensor, to fields: Tensor, sourceLocation: SourceLocation = #_sourceLocation,
        _ penalty: (_ row: Int, _ enlarged: [Float]) -> (value: Double, places: Int)
    ) {
        let (found, step) = (addition.elements, Float(0x1p-8))
        let largest = found.map(abs).max() ?? 0
        var compared = 0
        for row in 0..<2 {
            let field = fields.rows(row..<row + 1)
            // A ninth of the pixels, from all rows and columns.
            for index in stride(from: Int(seed % 9), to: 784, by: 9) {
                let original = field.pointer[index]
                field.pointer[index] = original + step
                let above = penalty(row, InkSamples.enlarged(field))
                field.pointer[index] = original - step
                let below = penalty(row, InkSamples.enlarged(field))
                field.pointer[index] = original
                guard above.places == below.places else { continue }
                let expected = Float((above.value - below.value) / Double(2 * step)) / 3
                let gradient = found[row * 784 + index]
                if gradient != 0 { compared += 1 }
                #expect(
                    abs(gradient - expected) <= 1e-3 * largest,
                    "field \(row), pixel \(index): \(gradient), differences \(expected), seed \(seed)",
                    sourceLocation: sourceLocation)
            }
        }
        #expect(compared > 10, "only \(compared) gradients are not 0", sourceLocation: sourceLocation)
        #expect(found[(2 * 784)...].allSatisfy { $0 == 0 }, sourceLocation: sourceLocation)
    }

    /// The rows and columns of the square around the bounding box of an enlarged field's ink.
    private func square(_ a: [Float]) -> (rows: Range<Int>, columns: Range<Int>) {
        let ys = (0..<56).filter { y in (0..<56).contains { a[y * 56 + $0] > 0 } }
        let xs = (0..<56).filter { x in (0..<56).contains { a[$0 * 56 + x] > 0 } }
        let (top, left) = (ys.min() ?? 0, xs.min() ?? 0)
        let (height, width) = ((ys.max() ?? 0) - top + 1, (xs.max() ?? 0) - left + 1)
        let side = max(height, width)
        let (row, column) = (top - (side - height) / 2, left - (side - width) / 2)
        return (row..<row + side, column..<column + side)
    }

    private func product(_ first: Tensor, _ second: Tensor) -> Float {
        (0..<first.count).reduce(0) { $0 + first.pointer[$1] * second.pointer[$1] }
    }
}

@Suite("Ink topology penalty")
struct InkTopologyPenaltyTests {
    private let side = 24

    /// +0.2 where a character is '#', −0.2 elsewhere.
    private func ink(_ rows: [String]) -> Tensor {
        let tensor = Tensor(repeating: -0.2, shape: [side * side])
        for (y, row) in rows.enumerated() {
            for (x, character) in row.enumerated() where character == "#" {
                tensor.pointer[(y + 2) * side + x + 2] = 0.2
            }
        }
        return tensor
    }

    private func gradient(_ ink: Tensor) -> [Float] {
        let result = Tensor(repeating: 0, shape: [side * side])
        InkTopologyPenalty(strength: 1, speckArea: 6, pinholeArea: 3).addGradient(
            ink.pointer, side: side, weight: 1, to: result.pointer)
        return result.elements
    }

    private func place(_ x: Int, _ y: Int) -> Int { (y + 2) * side + x + 2 }

    @Test("a speck is pushed away, the stroke is not")
    func speck() {
        let result = gradient(ink(["##########", "##########", "", "", "", "     ##"]))
        #expect(result[place(5, 5)] == 1 && result[place(6, 5)] == 1)
        #expect(result.count { $0 != 0 } == 2)
    }

    @Test("a pinhole is filled, a loop stays open")
    func holes() {
        let pinhole = gradient(ink(["#####", "## ##", "#####"]))
        #expect(pinhole[place(2, 1)] == -1 && pinhole.count { $0 != 0 } == 1)
        let loop = gradient(ink(["#####", "#   #", "#   #", "#####"]))
        #expect(loop.allSatisfy { $0 == 0 })
    }

    @Test("a hairline gap between two strokes is closed")
    func gap() {
        let result = gradient(ink(["#########", "", "#########"]))
        #expect(result[place(4, 1)] == -1)
        #expect(result.allSatisfy { $0 <= 0 })
        let apart = gradient(ink(["#########", "", "", "", "", "", "#########"]))
        #expect(apart.allSatisfy { $0 == 0 })
    }
}

@Suite("High-level view")
struct HighLevelViewTests {
    private let seed = UInt64.random(in: 0..<1_000_000)

    @Test("levels stay as they are, and those from 240 to 255 are enlarged to the whole range")
    func channels() {
        let levels: [Float] = [0, 239, 240, 247.5, 255]
        let images = Tensor(levels.map { $0 / 127.5 - 1 }, shape: [1, levels.count])
        let seen = HighLevelView()(images).elements
        for (index, level) in levels.enumerated() {
            #expect(seen[2 * index] == images.pointer[index])
            let expected = min(max((level - 240) / 7.5 - 1, -1), 1)
            #expect(abs(seen[2 * index + 1] - expected) < 1e-4, "level \(level)")
        }
    }

    @Test("a weight scales the highest levels alone")
    func weight() {
        let images = randomTensor([2, 784], seed: seed)
        let whole = HighLevelView()(images).elements
        let quarter = HighLevelView(weight: 0.25)(images).elements
        for index in whole.indices {
            #expect(quarter[index] == (index.isMultiple(of: 2) ? whole[index] : whole[index] / 4))
        }
    }

    @Test("pairs without highest levels show none, and give them no gradient")
    func hidden() {
        let images = Tensor(repeating: 0.95, shape: [2, 784])
        let view = HighLevelView()
        let (seen, all) = (view(images, enlarged: 1).elements, view(images).elements)
        #expect(seen[..<1568] == all[..<1568])
        #expect((0..<784).allSatisfy { seen[1568 + 2 * $0] == 0.95 && seen[1569 + 2 * $0] == 0 })
        let gradient = view.backward(
            Tensor(repeating: 1, shape: [2, 784, 2]), images: images, enlarged: 1
        ).elements
        #expect(gradient[0] == 18 && gradient[784] == 1)
    }

    @Test("the gradient is that of both channels", arguments: [1, 0.25] as [Float])
    func gradient(weight: Float) {
        // Away from the two kinks, which differences would straddle.
        let images = randomTensor([2, 784], seed: seed)
        for index in 0..<images.count {
            images.pointer[index] =
                index.isMultiple(of: 3) ? 0.94 + 0.04 * images.pointer[index] : 0.85 * images.pointer[index]
        }
        checkGradients(of: Seen(view: HighLevelView(weight: weight)), input: images, seed: seed)
    }

    /// The view as a layer.
    private final class Seen: Layer {
        private let view: HighLevelView
        private var images: Tensor?

        init(view: HighLevelView) { self.view = view }

        func forward(_ input: Tensor, _ mode: ForwardMode) -> Tensor {
            images = input
            return view(input)
        }

        func backward(_ outputGradient: Tensor, wanted: WantedGradients) -> Tensor? {
            images.map { view.backward(outputGradient, images: $0) }
        }
    }
}

@Suite("Ink settings")
struct InkSettingsTests {
    private let ink = InkSettings()

    @Test("the topology penalty begins with finished pictures and ends at its whole strength")
    func topologyStrength() {
        #expect(ink.topologyStrength(at: 0) == 0)
        #expect(ink.topologyStrength(at: ink.finishedStart) == 0)
        let middle = ink.topologyStrength(at: (1 + ink.finishedStart) / 2)
        #expect(abs(middle - ink.topologyStrength / 2) < 1e-6)
        #expect(abs(ink.topologyStrength(at: 1) - ink.topologyStrength) < 1e-6)
    }

    @Test("training begins with soft pictures alone, and the share of finished ones rises to its full one")
    func finishedShare() {
        #expect(ink.finishedShare(at: 0) == 0 && ink.finishedShare(at: ink.finishedStart) == 0)
        let middle = ink.finishedShare(at: (ink.finishedStart + ink.finishedWhole) / 2)
        #expect(abs(middle - ink.finishedShare / 2) < 1e-6)
        #expect(abs(ink.finishedShare(at: ink.finishedWhole) - ink.finishedShare) < 1e-6)
        #expect(abs(ink.finishedShare(at: 1) - ink.finishedShare) < 1e-6)
    }
}
