import DigitDataSets
import DigitEvaluation
import DigitImaging
import DigitTraining
import NeuralNetwork
import Platform

/// Where trained judges are kept.
enum JudgeCache {
    /// DIGITGEN_CACHE, or `digitgen` in XDG_CACHE_HOME or in ~/.cache.
    static var path: String {
        if let own = environment("DIGITGEN_CACHE") { return own }
        if let caches = environment("XDG_CACHE_HOME") { return caches + "/digitgen" }
        return (environment("HOME") ?? "/tmp") + "/.cache/digitgen"
    }

    /// The judge that learnt from these images; where there is none yet it is trained now, and says so.
    static func judge(of training: DataSet, parallel: Parallel) -> Judge {
        Judge.load(training: training, cache: path, parallel: parallel) {
            StandardError.print($0)
        }
    }

    /// What measures digits, by the judge of these data; says so where the judge is a bad one.
    static func evaluation(with data: EvaluationData, parallel: Parallel) -> Evaluation {
        let judge = judge(of: data.training, parallel: parallel)
        let evaluation = Evaluation(judge: judge, data: data, parallel: parallel)
        if let warning = evaluation.judgeWarning { StandardError.print(warning) }
        return evaluation
    }
}
