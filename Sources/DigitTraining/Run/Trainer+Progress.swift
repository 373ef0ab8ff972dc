extension Trainer {
    /// Trains the next epoch and shows its steps; nil if `signal` came before its end, and then it does not count.
    package func runEpoch(showing display: ProgressDisplay, until signal: StopSignal?) -> StepReport? {
        let number = epoch + 1
        return runEpoch(
            didStep: { step, report in
                display.didStep(epoch: number, step: step, report: report)
                return signal?.received == nil
            },
            shouldPrepare: { signal?.received == nil })
    }
}

extension CurvesFile.Epoch {
    /// An epoch whose steps had this mean report.
    package init(number: Int, report: StepReport, seconds: Double) {
        self.init(
            number: number, generatorLoss: report.generatorLoss, discriminatorLoss: report.discriminatorLoss,
            realProbability: report.realProbability, generatedProbability: report.generatedProbability,
            seconds: seconds)
    }
}
