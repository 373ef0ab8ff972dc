import DigitModel

/// A hand that is like given digits.
public struct SimilarHand: Equatable, Sendable {
    /// The hand's number, as `Handwriting.style` takes it.
    public let number: UInt64
    /// The digits that the pictures were taken for.
    public let digits: [UInt8]
}

extension DigitGenerator {
    /// The hand, among the first 16,384 numbered ones, whose digits are most like given ones.
    ///
    /// - Parameters:
    ///   - pictures: of a digit each, one after the other: 28 × 28 pixels, as MNIST's are, 255 ink. Those without ink
    ///     are left out, as are those after the first 20 with ink.
    ///   - digits: what each picture shows; nil to recognize it, which goes wrong now and then.
    ///   - threads: the number of threads to use; the hand does not depend on it.
    /// - Throws: `DigitGeneratorError.noStyle` for a model that obeys no style, `.unknownDigits` for digits that it
    ///   does not draw, and `.noInkInExample` if no picture has ink.
    public func hand(
        like pictures: [UInt8], digits: [UInt8]? = nil, threads: Int = 1
    ) throws(DigitGeneratorError) -> SimilarHand {
        guard obeysStyle, let stray else {
            throw .noStyle(.like, model: name, styleModels: Self.inkModels)
        }
        let size = plan.imageSize.pixelCount
        precondition(pictures.count % size == 0 && digits.map { $0.count == pictures.count / size } != false)
        if let digits {
            let unknown = Set(digits).subtracting(classes).sorted()
            guard unknown.isEmpty else { throw .unknownDigits(unknown, model: name, known: classes) }
        }
        let inked = (0..<pictures.count / size).filter { index in
            pictures[index * size..<(index + 1) * size].contains { $0 > 0 }
        }.prefix(HandSearch.pictureLimit)
        guard !inked.isEmpty else { throw .noInkInExample }
        let search = HandSearch(
            plan: plan, classes: classes, stray: stray,
            pictures: inked.flatMap { pictures[$0 * size..<($0 + 1) * size] }, threads: threads)
        let shown = digits.map { digits in inked.map { digits[$0] } } ?? search.recognized()
        return SimilarHand(number: search.nearest(to: shown), digits: shown)
    }
}

/// Finds the numbered hand whose digits are most like given ones, by drawing.
///
/// The style of the given digits decides first. Each digit's coordinates are those with which the generator draws the
/// digit's own measures. A digit's coordinate is that of its hand times ρ and noise, where ρ follows from how far
/// digits stray; so of n digits with the mean ū, the hand's most likely coordinate is n ρ ū / (1 + (n − 1) ρ²). Among
/// the hands with the nearest coordinates, the one whose digits look most like the given ones is chosen.
struct HandSearch {
    /// The hands that are searched.
    private static let hands: Range<UInt64> = 0..<1 << 14
    /// The hands nearest in style, whose digits are drawn.
    private static let candidates = 128
    /// The drawings that coordinates are searched with. Each digit is drawn with several latents, if there are few
    /// digits, for what is not style moves the measures, too.
    private static let drawings = 40
    /// The hands that digits are recognized by.
    private static let referenceHands: UInt64 = 256
    /// The pictures that are looked at.
    static let pictureLimit = 20

    let plan: InferencePlan
    /// The digits that the model draws.
    let classes: [UInt8]
    let stray: HandStray
    /// Of a digit each.
    let pictures: [UInt8]
    let threads: Int

    private var size: Int { plan.imageSize.pixelCount }
    private var count: Int { pictures.count / size }

    /// What each picture shows: the digit of the most alike of many that are drawn.
    func recognized() -> [UInt8] {
        let keys = (0..<Self.referenceHands).flatMap { hand in
            classes.map { ImageKey(latent: .style(hand), label: $0) }
        }
        let drawn = blurred(plan.pixels(keys, threads: threads))
        let given = blurred(pictures)
        return (0..<count).map { picture in
            let distances = keys.indices.map { distance(given, picture, drawn, $0) }
            let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
            return keys[nearest].label
        }
    }

    /// The number of the hand.
    ///
    /// - Parameter digits: what the pictures show.
    func nearest(to digits: [UInt8]) -> UInt64 {
        let wanted = coordinates(of: digits)
        let hands = Self.hands.map { (number: $0, distance: distance(ofHand: $0, to: wanted)) }
            .sorted { ($0.distance, $0.number) < ($1.distance, $1.number) }.prefix(Self.candidates)
        let keys = hands.flatMap { hand in
            digits.map { ImageKey(latent: .style(hand.number), label: $0) }
        }
        let (drawn, given) = (blurred(plan.pixels(keys, threads: threads)), blurred(pictures))
        let distances = hands.indices.map { hand in
            digits.indices.reduce(0) { $0 + distance(given, $1, drawn, hand * count + $1) }
        }
        let best = distances.indices.min { distances[$0] < distances[$1] } ?? 0
        return hands[best].number
    }

    /// The coordinates of the hand's style, in codes from that of 0.
    private func coordinates(of digits: [UInt8]) -> [Double] {
        let measured = MeasuredStyle.all(of: pictures)
        let latents = UInt64(max(Self.drawings / count, 1))
        let keys = digits.indices.flatMap { index in
            (0..<latents).map { number in
                var key = ImageKey(latent: .style(number), label: digits[index])
                var targets = StyleTargets()
                for measure in StyleMeasure.allCases { targets[measure] = measured[index][measure] }
                key.targets = targets
                return key
            }
        }
        let settled = StyleSearch(plan: plan, threads: threads).settle(keys)
        return StyleMeasure.allCases.map { measure in
            let sum = settled.reduce(0) {
                $0 + Int($1.codes[measure]) - Int(LatentCodes.zeroPoint)
            }
            let relation = Self.relation(stray.positions[measure.entry])
            let (mean, number) = (Double(sum) / Double(settled.count), Double(count))
            return number * relation * mean / (1 + (number - 1) * relation * relation)
        }
    }

    /// ρ: the part of a digit's coordinate that is its hand's; see `LatentSampler` for the path.
    private static func relation(_ position: Int32) -> Double {
        let way = Double(position) / Double(HandStray.whole)
        return (1 - way) / ((1 - way) * (1 - way) + way * way).squareRoot()
    }

    /// Σ (codes − wanted)² over the coordinates of a hand's style.
    private func distance(ofHand number: UInt64, to wanted: [Double]) -> Double {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: StyleRanges.measureCount) { codes in
            plan.sampler.fill(codes, with: .style(number))
            return StyleMeasure.allCases.reduce(0) { sum, measure in
                let code = Double(Int(codes[measure.entry]) - Int(LatentCodes.zeroPoint))
                return sum + (code - wanted[measure.entry]) * (code - wanted[measure.entry])
            }
        }
    }

    /// The squared distance of two blurred pictures.
    private func distance(_ first: [UInt16], _ i: Int, _ second: [UInt16], _ j: Int) -> Int {
        let size = size / 4
        return first.withUnsafeBufferPointer { first in
            second.withUnsafeBufferPointer { second in
                var sum = 0
                for pixel in 0..<size {
                    let difference = Int(first[i &* size &+ pixel]) &- Int(second[j &* size &+ pixel])
                    sum &+= difference &* difference
                }
                return sum
            }
        }
    }

    /// Pictures of half the size, each pixel of which weighs 4 × 4 by 1, 3, 3, 1 in both directions: strokes that
    /// nearly meet count as alike.
    private func blurred(_ pictures: [UInt8]) -> [UInt16] {
        let (width, height) = (plan.imageSize.width, plan.imageSize.height)
        let weights: [Int] = [1, 3, 3, 1]
        var result: [UInt16] = []
        result.reserveCapacity(pictures.count / 4)
        var lines = [Int](repeating: 0, count: height * width / 2)
        for picture in stride(from: 0, to: pictures.count, by: size) {
            for y in 0..<height {
                for x in 0..<width / 2 {
                    lines[y * width / 2 + x] = weights.indices.reduce(0) { sum, index in
                        let column = 2 * x + index - 1
                        guard (0..<width).contains(column) else { return sum }
                        return sum + weights[index] * Int(pictures[picture + y * width + column])
                    }
                }
            }
            for y in 0..<height / 2 {
                for x in 0..<width / 2 {
                    let sum = weights.indices.reduce(0) { sum, index in
                        let row = 2 * y + index - 1
                        guard (0..<height).contains(row) else { return sum }
                        return sum + weights[index] * lines[row * width / 2 + x]
                    }
                    result.append(UInt16(sum))
                }
            }
        }
        return result
    }
}
