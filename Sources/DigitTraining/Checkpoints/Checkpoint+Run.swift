extension Checkpoint {
    /// The section that tells of which run the checkpoint is.
    static let runName = "run"

    /// The epochs that the checkpoint has behind it, if it is one of a run like `configuration`.
    ///
    /// - Throws: `RunError.checkpointSection` for a checkpoint of another run, or of more epochs than this one has.
    func epoch(of configuration: RunConfiguration) throws(RunError) -> Int {
        // Runs of before there was any have no such section.
        if names.contains(Checkpoint.runName) {
            let identity = String(decoding: try bytes(Checkpoint.runName), as: UTF8.self)
            guard identity == configuration.identity else {
                throw .checkpointSection(
                    path: path, name: Checkpoint.runName, found: "“\(identity)”",
                    expected: "“\(configuration.identity)”, as in \(RunDirectory.configurationName)")
            }
        }
        let epoch = try count("epoch")
        guard epoch <= configuration.epochs else {
            throw .checkpointSection(
                path: path, name: "epoch", found: "\(epoch)",
                expected: "at most \(configuration.epochs), as \(RunDirectory.configurationName) says")
        }
        return epoch
    }
}
