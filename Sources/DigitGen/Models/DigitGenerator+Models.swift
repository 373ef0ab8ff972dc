import DigitModel
import Platform

/// The models that a generator is made of: those of the program, and bundles.
extension DigitGenerator {
    /// The generator of the default model, compiled into the program.
    ///
    /// - Throws: `DigitGeneratorError.noModels` in a program that was built without them, and `.unknownTier` or
    ///   `.unavailableTier` if the environment variable `DIGITGEN_ISA` asks for an instruction set that does not
    ///   exist, or not on this processor.
    public static var `default`: DigitGenerator {
        get throws(DigitGeneratorError) {
            guard let first = ShippedBundle.all.first else { throw .noModels }
            return try DigitGenerator(shipped: first.name)
        }
    }

    /// The generator of a request's model.
    ///
    /// - Throws: as `default`, `init(shipped:)` and `init(contentsOf:)` do.
    public init(_ model: DrawRequest.Model) throws(DigitGeneratorError) {
        switch model {
        case .default: self = try .default
        case .named(let name): try self.init(shipped: name)
        case .file(let path): try self.init(systemPath: path)
        }
    }

    /// The generator of a model that comes with the program.
    ///
    /// - Throws: `DigitGeneratorError.unknownModel` for a name that is not among `shippedModels`, and as `default`
    ///   does.
    public init(shipped name: String) throws(DigitGeneratorError) {
        guard let shipped = ShippedBundle.all.first(where: { $0.name == name }) else {
            throw .unknownModel(name, available: Self.shippedModels)
        }
        let bundle: Bundle
        do { bundle = try shipped.read() } catch {
            throw DigitGeneratorError(error, source: "the shipped model \(name)")
        }
        try self.init(bundle, tier: KernelTier.preferred())
    }

    /// The generator of a bundle in a file.
    ///
    /// - Throws: `DigitGeneratorError.unreadable` or `.invalidBundle`, and as `default` does.
    public init(contentsOf path: String) throws(DigitGeneratorError) {
        try self.init(systemPath: String(systemBytes: path.utf8))
    }

    /// The generator of a bundle in a file whose path is a text of the system, as arguments are.
    package init(systemPath path: String) throws(DigitGeneratorError) {
        try self.init(bytes: BundleFile.read(path), source: path)
    }

    /// The generator of a bundle in memory.
    ///
    /// - Parameters:
    ///   - bytes: the content of a file `NAME.safetensors.zst`.
    ///   - source: what errors call it.
    /// - Throws: `DigitGeneratorError.invalidBundle`, and as `default` does.
    public init(bytes: consuming [UInt8], source: String = "the data") throws(DigitGeneratorError) {
        let bundle: Bundle
        do { bundle = try Bundle(compressed: bytes) } catch {
            throw DigitGeneratorError(error, source: source)
        }
        // The file has been read: a large one makes room for the plan.
        bytes = []
        try self.init(bundle, tier: KernelTier.preferred())
    }

    /// Bytes of a shipped model's file; nil for any other name.
    package static func byteCount(ofShipped name: String) -> Int? {
        ShippedBundle.all.first { $0.name == name }?.byteCount
    }

    /// SHA-256 of a shipped model's file, in 64 hexadecimal digits; nil for any other name.
    package static func sha256(ofShipped name: String) -> String? {
        ShippedBundle.all.first { $0.name == name }?.sha256
    }
}
