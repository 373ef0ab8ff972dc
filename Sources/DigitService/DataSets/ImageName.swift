/// What image `index` of a data set is called, whatever part it was made in: at least eight digits, so that the
/// order of the names is the order of the images.
func imageName(_ index: Int) -> String {
    let digits = String(index)
    return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits
}
