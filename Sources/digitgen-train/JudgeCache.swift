import DigitDataSets
import DigitEvaluation
import NeuralNetwork
import Platform

/// The folder of trained judges.
enum JudgeCache {
    /// DIGITGEN_CACHE, or `digitgen` in XDG_CACHE_HOME or in ~/.cache.
    static var path: String {
        if let own = environment("DIGITGEN_CACHE") { return own }
        if let caches = environment("XDG_CACHE_HOME") { return caches + "/digitgen" }
        return (environment("HOME") ?? "/tmp") + "/.cache/digitgen"
    }

    /// The judge that learnt from these images, trained now if the cache has none.
    static func judge(of training: DataSet, parallel: Parallel) -> Judge {
        Judge.load(training: training, cache: path, parallel: parallel) {
            StandardError.print($0)
        }
    }

    /// An evaluation by the judge of these data, with a warning if that judge is inaccurate.
    static func evaluation(with data: EvaluationData, parallel: Parallel) -> Evaluation {
        let judge = judge(of: data.training, parallel: parallel)
        let evaluation = Evaluation(judge: judge, data: data, parallel: parallel)
        if let warning = evaluation.judgeWarning { StandardError.print(warning) }
        return evaluation
    }
}
