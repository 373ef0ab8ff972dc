/// The clearing of specks from a field by a plain search: of the pieces of positive numbers, which touch by a side or a
/// corner, those of at most `most` numbers are negated, apart from the greatest piece, the first of equal ones.
package enum ReferenceSpecks {
    private static let side = 28

    /// - Parameter field: [28, 28].
    package static func cleared(_ field: [Int], most: Int) -> [Int] {
        let pieces = pieces(of: field)
        let greatest = pieces.map(\.count).max() ?? 0
        let kept = pieces.firstIndex { $0.count == greatest }
        var result = field
        for (index, piece) in pieces.enumerated() where index != kept && piece.count <= most {
            for number in piece { result[number] = -field[number] }
        }
        return result
    }

    /// The pieces in the order of their first numbers.
    private static func pieces(of field: [Int]) -> [[Int]] {
        var seen = Set<Int>()
        var pieces: [[Int]] = []
        for start in field.indices where field[start] > 0 && seen.insert(start).inserted {
            var piece = [start]
            var next = 0
            while next < piece.count {
                let (y, x) = piece[next].quotientAndRemainder(dividingBy: side)
                next += 1
                for nearY in max(y - 1, 0)...min(y + 1, side - 1) {
                    for nearX in max(x - 1, 0)...min(x + 1, side - 1) {
                        let near = nearY * side + nearX
                        if field[near] > 0, seen.insert(near).inserted { piece.append(near) }
                    }
                }
            }
            pieces.append(piece)
        }
        return pieces
    }
}
