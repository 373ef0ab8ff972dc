import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Curves")
struct CurvesFileTests {
    private let folder = TemporaryFolder()
    private var path: String { folder.path("curves.csv") }

    private func epoch(_ number: Int) -> CurvesFile.Epoch {
        CurvesFile.Epoch(
            number: number, generatorLoss: 1.5 * Float(number), discriminatorLoss: 0.1, realProbability: 0.75,
            generatedProbability: 0.25, seconds: 2.5)
    }

    @Test("each epoch is one line under the header")
    func format() throws {
        var curves = CurvesFile(new: path)
        try curves.append(epoch(1))
        try curves.append(epoch(2))
        #expect(
            String(decoding: folder.read("curves.csv"), as: UTF8.self) == """
                epoch,G_loss,D_loss,D_x,D_G_z,seconds
                1,1.5,0.1,0.75,0.25,2.5
                2,3.0,0.1,0.75,0.25,2.5

                """)
        #expect(try CurvesFile.read(path) == [epoch(1), epoch(2)])
    }

    @Test("a resumed run forgets epochs after its checkpoint")
    func resuming() throws {
        var curves = CurvesFile(new: path)
        for number in 1...3 { try curves.append(epoch(number)) }
        var resumed = try CurvesFile(resuming: path, epochCount: 1)
        try resumed.append(epoch(2))
        #expect(try CurvesFile.read(path) == [epoch(1), epoch(2)])
        #expect(throws: RunError.self) { try CurvesFile(resuming: path, epochCount: 3) }
    }

    @Test(
        "a line that is no epoch is named",
        arguments: [
            ("epoch,loss\n", 1), ("\(CurvesFile.header)\n1,2,3,4,5\n", 2),
            ("\(CurvesFile.header)\n1,1,1,1,1,1\n3,1,1,1,1,1\n", 3), ("\(CurvesFile.header)\n1,x,1,1,1,1", 2),
            ("", 1), ("\(CurvesFile.header)\n1,1,1,1,1,nan", 2), ("\(CurvesFile.header)\n1,1,1,1,1,-1", 2),
            ("\(CurvesFile.header)\n1,1,1,1,1,1e300", 2),
        ])
    func malformed(text: String, line: Int) throws {
        folder.write(Array(text.utf8), to: "curves.csv")
        let error = #expect(throws: RunError.self) { try CurvesFile.read(path) }
        guard case .malformedCurves(_, let found, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == line)
    }

    @Test("losses that are not finite are written and read")
    func notFinite() throws {
        var curves = CurvesFile(new: path)
        var diverged = epoch(1)
        diverged.generatorLoss = .infinity
        try curves.append(diverged)
        #expect(try CurvesFile.read(path) == [diverged])
    }
}
