import DigitModel

/// Which bundles were made of a run.
extension RunConfiguration {
    /// Whether a bundle that says this of itself was made of the run when it had that many epochs behind it.
    package func made(_ manifest: Manifest, after epoch: Int) -> Bool {
        manifest.seed == seed && manifest.dataSetSHA256 == dataSetSHA256
            && manifest.recipe == recipe(after: epoch)
    }
}
