import DigitGen
import DigitImaging
import WeightBundle

/// Puts measured figures into a bundle's manifest.
package enum BundleMetrics {
    /// Replaces the metrics in the bundle at `path`; those under other names stay. The file is replaced as a whole
    /// or not at all, and its SHA-256 is another one afterwards.
    ///
    /// - Throws: `DigitGeneratorError` if the file is no bundle, `RunError.output` if it cannot be written.
    package static func record(_ metrics: [Manifest.Metric], in path: String) throws {
        let bundle = try bundle(at: path)
        var manifest = bundle.manifest
        let names = Set(metrics.map(\.name))
        manifest.metrics = manifest.metrics.filter { !names.contains($0.name) } + metrics
        let encoded = Result { [manifest] () throws(BundleError) in
            try Bundle(model: bundle.model, manifest: manifest).encoded()
        }
        let bytes = try encoded.mapError { DigitGeneratorError($0, source: path) }.get()
        do { try AtomicFile.write(bytes, to: path) } catch { throw RunError.output(error) }
    }

    /// - Throws: what `record` would throw for this file.
    package static func requireBundle(at path: String) throws {
        _ = try bundle(at: path)
        do { try AtomicFile.probe(path) } catch { throw RunError.output(error) }
    }

    private static func bundle(at path: String) throws -> Bundle {
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(path, limit: Bundle.fileLimit) } catch {
            throw DataSetError.unreadable(error)
        }
        let bundle = Result { () throws(BundleError) in try Bundle(compressed: bytes) }
        return try bundle.mapError { DigitGeneratorError($0, source: path) }.get()
    }
}
