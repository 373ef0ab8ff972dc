import DigitGen

/// The data set card of lines, `README.md`: what the folder holds and how to repeat it.
struct LineCard {
    let job: LineDataSetJob
    /// Examples of the data set.
    let count: Int

    /// The text; the same data set gives the same bytes.
    func encoded() -> [UInt8] {
        let generator = job.source.drawer.generator
        let isShipped = DigitGenerator.sha256(ofShipped: generator.name) == generator.sha256
        let title =
            "\(count) \(job.page == nil ? "handwritten numbers" : "pages of handwritten numbers") by "
            + generator.name
        var lines = [
            "---", "license: apache-2.0", "pretty_name: \(title)", "task_categories:",
            job.page == nil ? "- image-to-text" : "- object-detection", "tags:", "- synthetic",
            "- handwritten-digits", "- ocr", "size_categories:", "- \(DataSetCard.sizeCategory(count))",
            "---", "",
            "# \(title)", "",
            "Synthetic: drawn by the model `\(generator.name)` of digitgen \(ProgramVersion.text)"
                + (isShipped ? ", which learnt from MNIST." : ".") + " No person wrote these numbers.", "",
            "- Line: \(job.source.style.summary)",
        ]
        if let hand = job.source.hand.summary { lines.append("- Hand: \(hand)") }
        if case .folder(let labels) = job.form { lines.append("- Labels: `\(labels.rawValue)`") }
        lines += [
            "- Model: `\(generator.name)`, SHA-256 `\(generator.sha256)`", "- Seed: \(job.source.seed)", "",
            "Make it again, byte for byte:", "", "    \(command)", "",
            "`\(DataSetManifest.fileName)` has the checksums of the files.", "",
        ]
        return Array(lines.joined(separator: "\n").utf8)
    }

    private var command: String {
        var words = ["digitgen dataset"]
        switch job.texts {
        case .pattern(let pattern, let count): words += ["--pattern '\(pattern)'", "--count \(count)"]
        case .file: words.append("--from TEXTS")
        }
        words.append("--seed \(job.source.seed)")
        let generator = job.source.drawer.generator
        if DigitGenerator.sha256(ofShipped: generator.name) == generator.sha256 {
            words.append("--model \(generator.name)")
        } else {
            words.append("--weights \(generator.name).safetensors.zst")
        }
        words += job.source.style.commandWords.filter { job.page == nil || !$0.hasPrefix("--margin") }
        words += job.source.hand.commandWords
        switch job.form {
        case .folder(let labels): words.append("--labels \(labels.rawValue)")
        case .tar: words.append("--format tar")
        }
        if let split = job.split { words.append("--split \(split)") }
        if let page = job.page { words.append("--page \(page.width)x\(page.height)") }
        if job.shard != .whole { words.append("--shard \(job.shard.index)/\(job.shard.count)") }
        return (words + ["-o FOLDER"]).joined(separator: " ")
    }
}
