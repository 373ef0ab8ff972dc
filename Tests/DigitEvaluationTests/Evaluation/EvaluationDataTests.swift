import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitEvaluation

@Suite("Data to measure with")
struct EvaluationDataTests {
    private let folder = TemporaryFolder()

    private func write(_ prefix: String, count: Int) {
        folder.write(IDXBytes.images(count: count), to: "\(prefix)-images-idx3-ubyte")
        folder.write(
            IDXBytes.labels((0..<count).map { UInt8($0 % 10) }), to: "\(prefix)-labels-idx1-ubyte")
    }

    @Test("both halves are read")
    func both() throws {
        write("train", count: 1001)
        write("t10k", count: 1000)
        let data = try EvaluationData.load(directory: folder.path)
        #expect(data.training.count == 1001 && data.test.count == 1000)
    }

    @Test("a half that is too small to measure with is refused by its name", arguments: ["train", "t10k"])
    func tooSmall(prefix: String) {
        for each in ["train", "t10k"] { write(each, count: each == prefix ? 999 : 1000) }
        let error = #expect(throws: EvaluationError.self) {
            try EvaluationData.load(directory: folder.path)
        }
        let text = error?.description ?? ""
        #expect(text.contains("999") && text.contains("1000"), "\(text)")
        #expect(text.contains("\(folder.path): \(prefix == "train" ? "train" : "test")"), "\(text)")
    }
}
