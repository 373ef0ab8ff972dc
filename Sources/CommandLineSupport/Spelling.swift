/// Finds the word that was meant.
package enum Spelling {
    /// More mistakes than this make another word.
    private static let tolerance = 3

    /// The word of `words` that is nearest to `word`: the shortest of those that it begins, otherwise the one with the
    /// fewest letters wrong; nil when none is near.
    package static func nearest(to word: String, among words: [String]) -> String? {
        let word = word.lowercased()
        guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
        let abbreviated = words.filter { $0.hasPrefix(word) }
        if let shortest = abbreviated.min(by: { $0.utf8.count < $1.utf8.count }) { return shortest }
        let distances = words.map { (word: $0, distance: distance(from: word, to: $0)) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        // A word in which half of the letters are wrong is another one.
        let limit = min(tolerance, max(word.utf8.count, nearest.word.utf8.count) / 2)
        if nearest.distance <= limit { return nearest.word }
        // A longer name for the same, such as output-file.
        return words.filter { word.hasPrefix($0 + "-") || word.hasPrefix($0 + "_") }
            .max { $0.utf8.count < $1.utf8.count }
    }

    /// Insertions, deletions, replacements and exchanges of neighbours that make one word the other (the optimal string
    /// alignment distance of Damerau and Levenshtein).
    private static func distance(from first: String, to second: String) -> Int {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        var rows = [Array(0...second.count)]
        for (i, a) in first.enumerated() {
            var row = [i + 1]
            for (j, b) in second.enumerated() {
                var best = min(rows[i][j] + (a == b ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a == second[j - 1], b == first[i - 1] {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[first.count][second.count]
    }
}
