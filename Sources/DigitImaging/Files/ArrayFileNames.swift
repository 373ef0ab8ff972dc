/// Where the arrays of a format go: images, and labels beside them.
package enum ArrayFileNames {
    /// The labels' path for images at `images`; `rank` is the number of dimensions of the labels.
    ///
    /// A name with "images" in it becomes the same with "labels" (`train-images-idx3-ubyte` →
    /// `train-labels-idx1-ubyte`); another one gets "-labels" before its ending (`sevens.npy` →
    /// `sevens-labels.npy`). An "idx3" becomes "idx" and the rank.
    package static func labels(besideImages images: String, rank: Int) -> String {
        // By its bytes: a combining mark after a slash makes another character of both.
        let start = images.utf8.lastIndex(of: UInt8(ascii: "/")).map(images.utf8.index(after:))
        let folder = images[..<(start ?? images.startIndex)]
        var name = String(images[(start ?? images.startIndex)...])
        if let range = name.ranges(of: "images").last {
            name.replaceSubrange(range, with: "labels")
        } else {
            name.insert(contentsOf: "-labels", at: ending(of: name))
        }
        if let range = name.ranges(of: "idx3").last { name.replaceSubrange(range, with: "idx\(rank)") }
        return folder + name
    }

    /// Where the ending of a file name begins: at its last period, or at a final "-idx3-ubyte"; a ".gz" belongs to it.
    private static func ending(of name: String) -> String.Index {
        if name.hasSuffix(".gz"), name.utf8.count > 3 { return ending(of: String(name.dropLast(3))) }
        if name.hasSuffix("-idx3-ubyte") { return name.index(name.endIndex, offsetBy: -11) }
        guard let period = name.lastIndex(of: "."), period != name.startIndex else { return name.endIndex }
        return period
    }
}
