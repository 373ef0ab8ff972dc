import DigitDataSets
import Testing

@Suite("File names")
struct ArrayFileNamesTests {
    @Test(
        "labels are called after their images",
        arguments: [
            ("train-images-idx3-ubyte", 1, "train-labels-idx1-ubyte"),
            ("images/images.npy", 1, "images/labels.npy"),
            ("images/sevens.npy", 1, "images/sevens-labels.npy"),
            ("a.b/sevens", 1, "a.b/sevens-labels"),
            ("sevens-idx3-ubyte", 1, "sevens-labels-idx1-ubyte"),
            ("/x/zips.idx3-ubyte", 2, "/x/zips-labels.idx2-ubyte"),
            (".hidden", 1, ".hidden-labels"),
            ("t.v1.idx", 1, "t.v1-labels.idx"),
            ("train-images-idx3-ubyte.gz", 1, "train-labels-idx1-ubyte.gz"),
            ("sevens-idx3-ubyte.gz", 1, "sevens-labels-idx1-ubyte.gz"),
            ("sevens.idx.gz", 1, "sevens-labels.idx.gz"),
            ("sevens.gz", 1, "sevens-labels.gz"),
            (".gz", 1, ".gz-labels"),
        ])
    func labels(images: String, rank: Int, labels: String) {
        #expect(ArrayFileNames.labels(besideImages: images, rank: rank) == labels)
    }

    @Test("formats name their arrays as their users expect")
    func fileNames() {
        #expect(IDXFormat().fileName(stem: "images", rank: 3) == "images-idx3-ubyte")
        #expect(IDXFormat().fileName(stem: "labels", rank: 1) == "labels-idx1-ubyte")
        #expect(NPYFormat().fileName(stem: "images", rank: 3) == "images.npy")
    }
}
