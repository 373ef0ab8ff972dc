import Testing
import TrainingTestSupport

@testable import NeuralNetwork

@Suite("Eigenvalues of symmetric matrices")
struct SymmetricEigenDecompositionTests {
    @Test(
        "eigenvalues and eigenvectors put a random symmetric matrix together again", arguments: [1, 2, 9, 64])
    func composition(size: Int) throws {
        let random = randomTensor([size, size], seed: 4)
        let matrix = (0..<size * size).map { index in
            Double(random.pointer[index] + random.pointer[index % size * size + index / size])
        }
        let eigen = try #require(SymmetricEigenDecomposition(matrix, size: size))
        #expect(eigen.values == eigen.values.sorted())
        for row in 0..<size {
            for column in 0..<size {
                let sum = (0..<size).reduce(0.0) {
                    $0 + eigen.vectors[row * size + $1] * eigen.values[$1] * eigen.vectors[column * size + $1]
                }
                #expect(abs(sum - matrix[row * size + column]) < 1e-10)
            }
        }
    }

    @Test("a matrix with elements that are not finite has none", arguments: [Double.nan, .infinity])
    func notFinite(element: Double) {
        #expect(SymmetricEigenDecomposition([1, element, element, 1], size: 2) == nil)
        #expect(SymmetricEigenDecomposition([element], size: 1) == nil)
    }
}
