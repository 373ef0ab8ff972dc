import NeuralNetwork
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Pictures of points")
struct PointPictureTests {
    private func picture(_ points: [Float]) -> String {
        PointPicture(
            Tensor(points, shape: [points.count / 2, 2]), over: .grid, title: "four points"
        ).svg
    }

    @Test("every mode is a ring, and those that points are of have discs as large as their shares")
    func modes() {
        // Three points of the first mode, one of the last, one between modes.
        let source = picture([-1, -1, -1.01, -1, -1, -1.01, 1, 1, 0.25, 0.25])
        #expect(source.components(of: "class=\"mode\"") == 25)
        #expect(source.components(of: "class=\"share\"") == 2)
        // Even shares are 4 / 25 points: 60 · √(3 · 25 / 4) and 60 · √(25 / 4).
        #expect(source.contains("<circle class=\"share\" cx=\"-1000\" cy=\"1000\" r=\"260\"/>"))
        #expect(source.contains("<circle class=\"share\" cx=\"1000\" cy=\"-1000\" r=\"150\"/>"))
        #expect(source.contains("<title>four points</title>"))
        #expect(source.contains("d=\"M-1000 1000h0M-1010 1000h0M-1000 1010h0M1000 -1000h0M250 -250h0\""))
    }

    @Test("points outside the picture, and those that are no numbers, are left out")
    func outside() {
        #expect(picture([5, 0, .nan, 0, .infinity, 0, 0, 0]).contains("d=\"M0 0h0\""))
    }
}
