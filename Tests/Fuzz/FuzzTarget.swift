import DigitDataSets
import DigitGen
import DigitImaging
import DigitService
import Glibc
import NeuralNetwork
import StrictJSON
import TestSupport

@testable import DigitModel
@testable import DigitTraining

/// A reader of untrusted input, which must give a result or an error for any bytes, or an encoder, from which a reader
/// must get them back.
enum FuzzTarget: String, CaseIterable {
    /// A compressed weight bundle, and an image drawn with it.
    case bundle
    /// The safetensors file in a bundle. It is compressed here, so that no checksum is in the way.
    case safetensors
    /// A line of the protocol.
    case request
    /// A session of the service: every line must get one reply.
    case session
    /// MNIST's files of images and of labels.
    case idx
    /// A NumPy array.
    case npy
    /// A ZIP archive of NumPy arrays.
    case npz
    /// A tar archive of PNGs and labels.
    case tar
    /// The sections of a training checkpoint. The header and the checksum are added here.
    case checkpoint
    /// JSON, which must survive writing and reading.
    case json
    /// A picture, which libpng must read from the file of the encoder of PNGs.
    case png

    /// The target that DIGITGEN_FUZZ_TARGET names.
    static let chosen: FuzzTarget = {
        let name = getenv("DIGITGEN_FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            fatalError("unknown DIGITGEN_FUZZ_TARGET '\(name)'; expected one of \(allCases.map(\.rawValue))")
        }
        return target
    }()

    /// Passes `bytes` to the reader.
    func run(_ bytes: [UInt8]) {
        switch self {
        case .bundle: Self.draw(bytes)
        case .safetensors: (try? ZstdFrame.compressSealed(bytes)).map(Self.draw)
        case .request: Self.read(bytes)
        case .session: FuzzConversation.hold(bytes)
        case .idx: Self.readIDX(bytes)
        case .npy: Self.readNPY(bytes)
        case .npz: Self.readNPZ(bytes)
        case .tar: Self.readTar(bytes)
        case .checkpoint: Self.readCheckpoint(bytes)
        case .json: Self.repeatJSON(bytes)
        case .png: Self.encodePNG(bytes)
        }
    }

    /// Draws an image with a valid bundle, unless that would take long.
    private static func draw(_ bytes: [UInt8]) {
        guard let bundle = try? Bundle(compressed: bytes),
            bundle.model.architecture.macsPerImage < 20_000_000,
            let generator = try? DigitGenerator(bytes: bytes)
        else { return }
        let images = try? generator.images(count: 1, seed: 1)
        precondition(images?.pixels.count == 784)
    }

    private static func read(_ bytes: [UInt8]) {
        let line = RequestLine(bytes[...])
        guard case .failure(let error) = line.request else { return }
        precondition(!error.description.isEmpty && !error.description.contains("\n"))
    }

    private static func readIDX(_ bytes: [UInt8]) {
        let path = "/dev/shm/digitgen-fuzz-\(getpid())" + (bytes.first == 0x1F ? ".gz" : "")
        guard let file = fopen(path, "w") else { fatalError("cannot write \(path)") }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
        defer { unlink(path) }
        if let images = try? IDXFormat.images(path) { precondition(images.count % 784 == 0) }
        if let labels = try? IDXFormat.labels(path) { precondition(labels.allSatisfy { $0 <= 9 }) }
    }

    private static func readNPY(_ bytes: [UInt8]) {
        if let images = try? NPYFormat.images(bytes, path: "images") { precondition(images.count % 784 == 0) }
        if let labels = try? NPYFormat.labels(bytes, path: "labels") {
            precondition(labels.allSatisfy { $0 <= 9 })
        }
    }

    private static func readNPZ(_ bytes: [UInt8]) {
        guard let digits = try? NPZReader.digits(of: .train, bytes, path: "archive") else { return }
        precondition(digits.images.count == 784 * digits.count)
    }

    private static func readTar(_ bytes: [UInt8]) {
        var digits = LabelledDigits()
        try? TarReader.read(bytes, path: "archive", into: &digits)
        precondition(digits.images.count == 784 * digits.count)
    }

    private static func readCheckpoint(_ bytes: [UInt8]) {
        typealias Format = CheckpointFormat
        let content = Format.magic + Format.littleEndian(Format.version) + bytes
        let file = content + Format.littleEndian(Format.checksum(content[...]))
        guard let checkpoint = try? Checkpoint(file, path: "checkpoint") else { return }
        for name in checkpoint.names {
            _ = try? checkpoint.count(name)
            _ = try? checkpoint.randomSource(String(name.dropLast(2)))
            if let bytes = try? checkpoint.bytes(name) { precondition(bytes.count < file.count) }
            for count in 0...8 {
                try? checkpoint.copyFloats(name, into: Tensor(repeating: 0, shape: [count]))
            }
        }
    }

    private static func repeatJSON(_ bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes[...], depthLimit: 64) else { return }
        var writer = JSONWriter()
        writer.value(value)
        guard let again = try? JSONValue(parsing: writer.bytes[...], depthLimit: 64), again == value else {
            fatalError("\(String(decoding: writer.bytes, as: UTF8.self)) is not what was read")
        }
    }

    /// Four bytes say the width, the meaning of pixels and how often the others, which are pixels, are repeated: so
    /// that a short input becomes several blocks.
    private static func encodePNG(_ bytes: [UInt8]) {
        guard bytes.count > 4 else { return }
        let width = 1 + Int(bytes[0]) + Int(bytes[1]) << 8
        let isShade = bytes[2] % 2 == 0
        let rest = bytes[4...]
        // Two blocks, or three: more would be slow, and show nothing more.
        let copies = 1 + min(Int(bytes[3]), 150_000 / rest.count)
        var shades: [UInt8] = []
        for _ in 0..<copies { shades += rest }
        let height = shades.count / width
        guard height > 0, var encoder = try? PNGEncoder() else { return }
        let pixels = Array(shades.prefix(width * height))
        // The second picture finds the buffers of the first.
        for _ in 0..<2 {
            guard let picture = try? GrayImage(width: width, height: height, pixels: pixels),
                let file = try? encoder.encode(picture, as: isShade ? .shade : .coverage(ink: 255)),
                let decoded = DecodedPNG(file), (decoded.width, decoded.height) == (width, height),
                decoded.pixels == (isShade ? pixels : pixels.flatMap { [255, $0] })
            else { fatalError("\(width)×\(height) pixels are not what was encoded") }
        }
    }
}
