import DigitModel

/// Puts measured figures into a bundle's manifest.
package enum BundleMetrics {
    /// Replaces the metrics in the bundle at `path`; those under other names stay. The file is replaced as a whole
    /// or not at all, and its SHA-256 is another one afterwards.
    ///
    /// - Throws: `DataSetError` or `DigitGeneratorError` if the file is no bundle, `RunError.output` if it cannot be
    ///   written.
    package static func record(_ metrics: [Manifest.Metric], in path: String) throws {
        let bundle = try StoredBundle.read(path)
        try StoredBundle.write(bundle.model, bundle.manifest.replacing(metrics), to: path)
    }

    /// - Throws: what `record` would throw for this file.
    package static func requireBundle(at path: String) throws {
        _ = try StoredBundle.read(path)
        try StoredBundle.probe(path)
    }
}

extension Manifest {
    /// The manifest with these metrics in the place of those of their names, or behind the others.
    func replacing(_ metrics: [Metric]) -> Manifest {
        let names = Set(metrics.map(\.name))
        var result = self
        result.metrics = self.metrics.filter { !names.contains($0.name) } + metrics
        return result
    }
}
