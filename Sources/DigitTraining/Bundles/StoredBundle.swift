import DigitGen
import DigitImaging
import DigitModel

/// Bundles in files, for what changes them.
package enum StoredBundle {
    /// Reads the bundle at `path`.
    ///
    /// - Throws: `DataSetError.unreadable`, or `DigitGeneratorError` if the file is no bundle.
    static func read(_ path: String) throws -> Bundle {
        let bytes = try bytes(path)
        let bundle = Result { () throws(BundleError) in try Bundle(compressed: bytes) }
        return try bundle.mapError { DigitGeneratorError($0, source: path) }.get()
    }

    /// The bytes of the file at `path`, as far as a bundle can be long.
    package static func bytes(_ path: String) throws(DataSetError) -> [UInt8] {
        do { return try FileBytes.read(path, limit: Bundle.fileLimit) } catch { throw .unreadable(error) }
    }

    /// Writes a bundle into the file at `path`, which is replaced as a whole or not at all, or into a pipe or device.
    ///
    /// - Throws: `DigitGeneratorError` if model and manifest make no valid bundle, `RunError.output` if it cannot be
    ///   written.
    static func write(_ model: QuantizedModel, _ manifest: Manifest, to path: String) throws {
        let encoded = Result { () throws(BundleError) in
            try Bundle(model: model, manifest: manifest).encoded()
        }
        let bytes = try encoded.mapError { DigitGeneratorError($0, source: path) }.get()
        do { try NamedOutput.write(bytes, to: path) } catch { throw RunError.output(error) }
    }

    /// Finds out before hours of work whether the file at `path` can be replaced.
    ///
    /// - Throws: `RunError.output`.
    static func probe(_ path: String) throws {
        do { try NamedOutput.probe(path) } catch { throw RunError.output(error) }
    }
}
