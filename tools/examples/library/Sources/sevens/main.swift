import DigitGen
import DigitImaging

// Sixteen sevens, the same on every machine. The first call loads the model; keep the generator for more.
let generator = try DigitGenerator.default
let sevens = try generator.images(of: "7", count: 16, seed: 1)
print("\(sevens.count) images of \(sevens.width) × \(sevens.height) pixels by \(generator.name)")

// An image is rows of bytes, 0 for the background to 255 for ink.
let first = sevens[0]
for row in stride(from: first.startIndex, to: first.endIndex, by: sevens.width) {
    print(first[row..<row + sevens.width].map { [" ", "░", "▒", "▓", "█"][Int($0) * 4 / 255] }.joined())
}

// One hand for several numbers.
let year = try generator.images(of: "2026", count: 1, seed: 1, handwriting: .style(4))
print("\"\(year.labels[0])\" is \(year.width) pixels wide")

// Numbers one below the other are one picture.
let file = try PNG.encode(sevens.pixels, width: sevens.width, height: sevens.height * sevens.count)
print("\(file.count) bytes of PNG")
