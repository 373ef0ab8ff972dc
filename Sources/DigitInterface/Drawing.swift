import CDigitGen
import DigitFields
import DigitGen
import DigitModel

/// A checked request of the C interface.
private struct Drawing {
    /// Pixels of a piece, at most: the keys of its images are in memory.
    private static let piecePixels = 1 << 25
    /// The most images of a request, as of a data set.
    private static let countLimit = Int(UInt32.max)
    private static let threadLimit: UInt32 = 1024

    private let generator: DigitGenerator
    private let sequence: ImageSequence
    private let labels: UnsafeBufferPointer<UInt8>?
    private let threads: Int?

    init(_ request: digitgen_request, by generator: DigitGenerator) throws(InterfaceError) {
        guard request.structure_size == MemoryLayout<digitgen_request>.size else {
            throw .invalidField(
                "structure_size", allowed: "sizeof(digitgen_request); begin with DIGITGEN_REQUEST")
        }
        let hand = try HandChoice(request)
        guard request.digits == nil || request.labels == nil else {
            throw .invalidField("labels", allowed: "NULL if there are digits")
        }
        let drawRequest = try generating { () throws(DigitGeneratorError) in
            try DrawRequest(
                digits: request.digits.map { text throws(DigitGeneratorError) in
                    try Digits(String(cString: text))
                },
                count: Int(clamping: request.count), first: Int(clamping: request.first),
                style: hand.number, vary: hand.vary, isDiverse: hand.isDiverse, targets: hand.targets,
                seed: request.seed,
                finish: Finish(request.ink != 0 ? .ink : nil, size: Int(request.size)),
                countLimit: Self.countLimit)
        }
        sequence = try generating { () throws(DigitGeneratorError) in
            try ImageSequence(drawRequest, by: generator)
        }
        self.generator = generator
        threads = request.threads == 0 ? nil : Int(min(request.threads, Self.threadLimit))
        labels = request.labels.map { UnsafeBufferPointer(start: $0, count: drawRequest.count) }
        guard let labels else { return }
        try generating { () throws(DigitGeneratorError) in
            guard generator.isConditional else {
                throw .unconditional(
                    model: generator.name, conditionalModels: DigitGenerator.conditionalModels)
            }
            let unknown = Set(labels).subtracting(generator.classes).sorted()
            guard unknown.isEmpty else {
                throw .unknownDigits(unknown, model: generator.name, known: generator.classes)
            }
        }
    }

    /// Of an image.
    var size: ImageSize {
        let digit = generator.imageSize(sequence.request.finish)
        return ImageSize(height: digit.height, width: digit.width * sequence.request.digitsPerImage)
    }

    /// Draws all images into `pixels`.
    func run(into pixels: UnsafeMutableBufferPointer<UInt8>) throws(InterfaceError) {
        let request = sequence.request
        let (needed, overflow) = request.count.multipliedReportingOverflow(by: size.pixelCount)
        guard !overflow, needed <= pixels.count else {
            throw .capacity(pixels.count, needed: overflow ? .max : needed, what: "the images need")
        }
        let step = max(1, Self.piecePixels / size.pixelCount)
        for start in stride(from: 0, to: request.count, by: step) {
            let end = min(start + step, request.count)
            let target = pixels[start * size.pixelCount..<end * size.pixelCount]
            draw(start..<end, into: UnsafeMutableBufferPointer(rebasing: target))
        }
    }

    /// Draws the images `range`, counted from the request's first.
    private func draw(_ range: Range<Int>, into pixels: UnsafeMutableBufferPointer<UInt8>) {
        let (first, finish) = (sequence.request.first, sequence.request.finish)
        var keys = sequence.keys(first + range.lowerBound..<first + range.upperBound)
        if let labels {
            for (index, label) in zip(keys.indices, labels[range]) {
                (keys[index].label, keys[index].endLabel) = (label, label)
            }
        }
        guard sequence.request.digitsPerImage > 1 else {
            return generator.render(keys, finish, into: pixels, threads: threads)
        }
        let drawn = generator.render(keys, finish, threads: threads)
        let numbers = generator.imageSize(finish).sideBySide(
            drawn[...], digits: sequence.request.digitsPerImage)
        _ = pixels.update(fromContentsOf: numbers)
    }
}

/// The C function `digitgen_image_size`; see digitgen.h.
@_cdecl("digitgen_image_size")
public func imageSize(
    _ model: OpaquePointer?, _ request: UnsafePointer<digitgen_request>?,
    _ height: UnsafeMutablePointer<Int>?, _ width: UnsafeMutablePointer<Int>?,
    _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    reporting(to: error) { () throws(InterfaceError) in
        let size = try drawing(model, request).size
        height?.pointee = size.height
        width?.pointee = size.width
    }
}

/// The C function `digitgen_draw`; see digitgen.h.
@_cdecl("digitgen_draw")
public func draw(
    _ model: OpaquePointer?, _ request: UnsafePointer<digitgen_request>?,
    _ pixels: UnsafeMutablePointer<UInt8>?,
    _ capacity: Int, _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    reporting(to: error) { () throws(InterfaceError) in
        let drawing = try drawing(model, request)
        guard let pixels else { throw .missing("pixels") }
        // A size beyond half of the address space is no buffer's.
        try drawing.run(into: UnsafeMutableBufferPointer(start: pixels, count: max(capacity, 0)))
    }
}

/// The C function `digitgen_split_labels`; see digitgen.h.
@_cdecl("digitgen_split_labels")
public func splitLabels(
    _ model: OpaquePointer?, _ seed: UInt64, _ total: UInt64, _ balanced: UInt32,
    _ labels: UnsafeMutablePointer<UInt8>?, _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    reporting(to: error) { () throws(InterfaceError) in
        guard let model else { throw .missing("model") }
        guard let labels else { throw .missing("labels") }
        let totals = UInt64(7)...UInt64(UInt32.max)
        guard totals.contains(total) else {
            throw .invalidField("total", allowed: "from \(totals.lowerBound) to \(totals.upperBound)")
        }
        let generator = OpenModel.at(model).generator
        guard generator.isConditional else {
            throw .generator(
                .unconditional(
                    model: generator.name, conditionalModels: DigitGenerator.conditionalModels))
        }
        let split = SplitLabels(
            digits: generator.classes, proportions: balanced == 0 ? .mnist : .balanced, count: Int(total),
            seed: seed)
        for index in 0..<Int(total) { labels[index] = split[index] }
    }
}

private func drawing(
    _ model: OpaquePointer?, _ request: UnsafePointer<digitgen_request>?
) throws(InterfaceError) -> Drawing {
    guard let model else { throw .missing("model") }
    guard let request else { throw .missing("request") }
    return try Drawing(request.pointee, by: OpenModel.at(model).generator)
}
