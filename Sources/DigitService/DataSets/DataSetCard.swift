import DigitDataSets
import DigitFields
import DigitGen

/// The data set card, `README.md`: what the folder holds and how to load and repeat it, with front matter that Hugging
/// Face's hub and `load_dataset` read.
struct DataSetCard {
    static let fileName = "README.md"

    let job: DataSetJob
    /// The model as the command names it.
    private let model: DrawRequest.Model

    init(job: DataSetJob) { self.init(job: job, model: job.source.sequence.request.model) }

    private init(job: DataSetJob, model: DrawRequest.Model) { (self.job, self.model) = (job, model) }

    /// The cards that a data set may have: there are several ways to name its model.
    static func all(of job: DataSetJob) -> [DataSetCard] {
        let name = job.source.sequence.generator.name
        let models: [DrawRequest.Model] = [.default, .named(name), .file(name)]
        return models.map { DataSetCard(job: job, model: $0) }
    }

    /// The text; the same data set gives the same bytes.
    func encoded() -> [UInt8] { Array(([frontMatter] + body).joined(separator: "\n").utf8) }

    private var count: Int { job.range.count }
    private var generator: DigitGenerator { job.source.sequence.generator }
    private var title: String { "\(count) handwritten digits by \(generator.name)" }

    private var frontMatter: String {
        var lines = [
            "---", "license: apache-2.0", "pretty_name: \(title)", "task_categories:",
            "- image-classification",
            "tags:", "- synthetic", "- mnist", "- handwritten-digits", "size_categories:",
            "- \(Self.sizeCategory(count))",
        ]
        if let pattern = job.format.loadedFiles(of: job.part) {
            lines += [
                "configs:", "- config_name: default", "  data_files:", "  - split: train",
                "    path: \"\(pattern)\"",
            ]
        }
        return (lines + ["---", ""]).joined(separator: "\n")
    }

    private var body: [String] {
        let provenance = job.source.provenance
        let size = job.source.size
        var lines = [
            "# \(title)", "",
            "Synthetic: drawn by the model `\(generator.name)` of \(provenance.software)"
                + (isShipped ? ", which learnt from MNIST." : ".")
                + " No person wrote these digits.", "",
            "- Images: \(count), \(size.width) × \(size.height) pixels, 0 background to 255 ink",
            "- Labels: \(labels)",
            "- Model: `\(generator.name)`, SHA-256 `\(provenance.bundleSHA256)`",
            "- Seed: \(provenance.seed)",
        ]
        if let finish = provenance.finish { lines.append("- Finish: \(finish)") }
        return lines + [
            "", "Load it:", "", job.format.loading(of: job.part), "", "Make it again, byte for byte:", "",
            "    \(command)", "", "`\(DataSetManifest.fileName)` has the checksums of the files.", "",
        ]
    }

    /// The category of the hub, by powers of ten from a thousand.
    static func sizeCategory(_ count: Int) -> String {
        let names = ["1K", "10K", "100K", "1M", "10M", "100M", "1B"]
        let place = sequence(first: 1000) { $0 * 10 }.prefix(names.count).count { $0 <= count }
        if place == 0 { return "n<1K" }
        return place < names.count ? "\(names[place - 1])<n<\(names[place])" : "1B<n<10B"
    }

    private var isShipped: Bool { DigitGenerator.sha256(ofShipped: generator.name) == generator.sha256 }

    private var labels: String {
        guard let digits = job.source.provenance.digits else { return "none" }
        switch job.source.labels?.proportions {
        case .mnist: return "\(digits), shuffled, in MNIST's proportions"
        case .balanced: return "\(digits), shuffled, balanced"
        case nil: return "\(digits), in turn"
        }
    }

    private var command: String {
        let request = job.source.sequence.request
        var words = ["digitgen dataset", "--count \(request.count)", "--seed \(job.source.sequence.seed)"]
        if case .inTurn(let digits) = request.content, digits.values != generator.classes {
            words.append("--digits \(digits)")
        }
        switch model {
        case .default: break
        case .named(let name): words.append("--model \(name)")
        case .file: words.append("--weights \(generator.name).safetensors.zst")
        }
        words += HandChoice(request).commandWords
        if case .ink(let size) = request.finish { words.append("--size \(size) --finish ink") }
        words.append("--format \(job.format.name)")
        if job.source.labels?.proportions == .balanced { words.append("--balanced") }
        words += job.format.details.map(\.words)
        if job.shard != .whole { words.append("--shard \(job.shard.index)/\(job.shard.count)") }
        return (words + ["-o FOLDER"]).joined(separator: " ")
    }
}

extension DataSetFormat {
    /// The pattern of the files that Hugging Face's `load_dataset` reads; nil for a format that it does not know.
    fileprivate func loadedFiles(of part: DataSetPart) -> String? {
        switch DataSetKind(rawValue: name) {
        case .png: part.isLabelled ? "*/*.png" : "*.png"
        case .tar: "digits*.tar"
        default: nil
        }
    }

    /// Code that loads the folder.
    fileprivate func loading(of part: DataSetPart) -> String {
        switch DataSetKind(rawValue: name) {
        case .png, .tar: "    datasets.load_dataset(FOLDER, split=\"train\")"
        case .mnist: "    torchvision.datasets.MNIST(FOLDER, download=False)"
        case .npz: "    numpy.load(\"\(NPZDataSet.fileName)\")[\"x_train\"]"
        case .npy: "    numpy.load(\"images.npy\")"
        case .idx, nil: "    any reader of MNIST's files, or digitgen-train --data FOLDER"
        }
    }
}
