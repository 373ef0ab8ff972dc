import DigitImaging
import Platform

/// A folder of labelled digits, in any of the forms that digitgen writes, or MNIST's:
///
/// - MNIST's four files, `train-images-idx3-ubyte` and so on, each plain or `.gz`, or a folder `MNIST/raw` with them:
///   divided as their names say;
/// - `mnist.npz`, as Keras has it: divided so, too;
/// - folders `train` and `test`, each in any of the forms below: divided so, too;
/// - arrays with their labels beside them: `images-idx3-ubyte` (plain or `.gz`) and `labels-idx1-ubyte`, `images.npy`
///   and `labels.npy`, `sevens.npy` and `sevens-labels.npy`, …;
/// - tar archives of PNGs and labels (`00000042.png`, `00000042.cls`);
/// - folders `0` to `9` of PNGs.
///
/// Several arrays or archives are concatenated in the order of their names. `LabelledDigits.part` divides undivided
/// data.
package struct DataFolder {
    private enum Form {
        case mnist(folder: String)
        case npz
        case halves
        case arrays([(images: String, labels: String)])
        case archives([String])
        case pictures([UInt8])
    }

    private let path: String
    private let form: Form

    /// Recognizes the form of the folder.
    ///
    /// - Throws: `DataSetError.unreadable`, `.noDigits`, `.unlabelled`, or `.severalForms`.
    package init(_ path: String) throws(DataSetError) {
        let names: [String]
        do { names = try FolderContents.list(path) } catch { throw .unreadable(error) }
        self.path = path
        form = try Self.form(of: names, in: path)
    }

    /// The digits of one part.
    func digits(of split: DataSet.Split) throws(DataSetError) -> LabelledDigits {
        switch form {
        case .mnist(let folder):
            let prefix = "\(place)\(folder)\(split.filePrefix)"
            return try LabelledDigits(
                images: "\(prefix)-images-idx3-ubyte", labels: "\(prefix)-labels-idx1-ubyte")
        case .npz:
            return try NPZReader.digits(of: split, path: place + NPZReader.fileName)
        case .halves:
            return try DataFolder("\(place)\(split.rawValue)").all()
        case .arrays, .archives, .pictures:
            return try all().part(split)
        }
    }

    /// The digits of all parts.
    package func all() throws(DataSetError) -> LabelledDigits {
        var digits = LabelledDigits()
        switch form {
        case .mnist, .npz, .halves:
            for split in DataSet.Split.allCases { try digits.append(self.digits(of: split)) }
        case .arrays(let pairs):
            for pair in pairs {
                let more = try LabelledDigits(images: place + pair.images, labels: place + pair.labels)
                if pairs.count == 1 { return more }
                digits.append(more)
            }
        case .archives(let names):
            for name in names { try TarReader.read(place + name, into: &digits) }
        case .pictures(let labels):
            try PictureFolderReader.read(path, labels: labels, into: &digits)
        }
        return digits
    }

    private var place: String { path.hasSuffix("/") ? path : path + "/" }
}

extension DataFolder {
    private static func form(of names: [String], in path: String) throws(DataSetError) -> Form {
        if names.contains(where: { $0.hasPrefix("train-images-idx3-ubyte") }) {
            return .mnist(folder: "")
        }
        if names.contains("MNIST"), FileStatus.isFolder("\(path)/MNIST/raw") {
            return .mnist(folder: "MNIST/raw/")
        }
        if names.contains(NPZReader.fileName) { return .npz }
        if names.contains("train"), FileStatus.isFolder("\(path)/train") { return .halves }
        let archives = names.filter { $0.hasSuffix(".tar") }
        let digits = (UInt8(0)...9).filter { names.contains("\($0)") && FileStatus.isFolder("\(path)/\($0)") }
        let (pairs, unlabelled) = arrays(among: names)
        var forms: [(words: String, form: Form)] = []
        for kind in [
            pairs.filter { $0.images.hasSuffix(".npy") }, pairs.filter { !$0.images.hasSuffix(".npy") },
        ]
        where !kind.isEmpty {
            forms.append((kind[0].images, .arrays(kind)))
        }
        if !archives.isEmpty { forms.append((archives[0], .archives(archives))) }
        if !digits.isEmpty { forms.append(("folder \(digits[0])", .pictures(digits))) }
        guard let first = forms.first else {
            if let name = unlabelled.first {
                throw .unlabelled(images: "\(path)/\(name)", labels: labels(beside: name))
            }
            throw .noDigits(path: path)
        }
        guard forms.count == 1 else { throw .severalForms(path: path, names: forms.map(\.words)) }
        return first.form
    }

    /// Arrays of images with their labels, and those without.
    private static func arrays(
        among names: [String]
    ) -> (pairs: [(images: String, labels: String)], unlabelled: [String]) {
        let arrays = names.filter { name in
            [".npy", "-idx3-ubyte", "-idx3-ubyte.gz", ".idx", ".idx.gz"].contains { name.hasSuffix($0) }
                // The packed form of a file that is there, too.
                && !(name.hasSuffix(".gz") && names.contains(String(name.dropLast(3))))
        }
        let pairs = arrays.map { ($0, labels(beside: $0)) }.filter { names.contains($0.1) }
        return (pairs, arrays.filter { name in !pairs.contains { name == $0.0 || name == $0.1 } })
    }

    private static func labels(beside images: String) -> String {
        ArrayFileNames.labels(besideImages: images, rank: 1)
    }
}
