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
        let bytes: [UInt8]
        do { bytes = try FileBytes.read(path, limit: Bundle.fileLimit) } catch {
            throw DataSetError.unreadable(error)
        }
        let changed = Result { () throws(BundleError) in try replacing(metrics, in: bytes) }
        let encoded = try changed.mapError { DigitGeneratorError($0, source: path) }.get()
        do { try AtomicFile.write(encoded, to: path) } catch { throw RunError.output(error) }
    }

    private static func replacing(
        _ metrics: [Manifest.Metric], in bytes: [UInt8]
    ) throws(BundleError) -> [UInt8] {
        let bundle = try Bundle(compressed: bytes)
        var manifest = bundle.manifest
        let names = Set(metrics.map(\.name))
        manifest.metrics = manifest.metrics.filter { !names.contains($0.name) } + metrics
        return try Bundle(model: bundle.model, manifest: manifest).encoded()
    }
}
