enum ProgramVersion {
    /// What `--version` prints and bundles record.
    static let current = "0.1.0"
}
