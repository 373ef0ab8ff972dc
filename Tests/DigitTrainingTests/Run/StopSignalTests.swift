import DigitDataSets
import NeuralNetwork
import Platform
import TestSupport
import Testing
import TrainingTestSupport

@testable import DigitTraining

@Suite("Stop signal", .serialized)
struct StopSignalTests {
    /// Whoever runs the tests may have them ignore signals, as a shell does in the background.
    init() {
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
    }

    /// Waits up to ten seconds, as any thread of the process may be the one that is interrupted.
    private func wait(for stop: StopSignal) -> Int32? {
        for _ in 0..<1000 where stop.received == nil { usleep(10_000) }
        return stop.received
    }

    @Test("a signal is remembered instead of ending the process")
    func receives() {
        let stop = StopSignal()
        defer { stop.giveBack() }
        #expect(stop.received == nil)
        kill(getpid(), SIGTERM)
        #expect(wait(for: stop) == SIGTERM)
        #expect(throws: StoppedBySignal(signal: SIGTERM)) { try stop.check() }
    }

    @Test("a signal wakes whoever waits for input")
    func wakes() {
        let stop = StopSignal(wakes: true)
        defer { stop.giveBack() }
        #expect(pollOnce(stop.descriptor, for: POLLIN, milliseconds: 0) == 0)
        kill(getpid(), SIGTERM)
        #expect(pollOnce(stop.descriptor, for: POLLIN, milliseconds: 10_000) == 1)
        #expect(wait(for: stop) == SIGTERM)
    }

    @Test("a signal that the process was started to ignore stays ignored")
    func keepsIgnoring() {
        signal(SIGHUP, SIG_IGN)
        defer { signal(SIGHUP, SIG_DFL) }
        let stop = StopSignal()
        defer { stop.giveBack() }
        kill(getpid(), SIGHUP)
        usleep(50_000)
        #expect(stop.received == nil)
    }

    @Test("work ends by a signal that came while it was done, and only then are signals taken over")
    func watched() throws {
        #expect(throws: StoppedBySignal(signal: SIGTERM)) {
            try StopSignal.watched { stop in
                kill(getpid(), SIGTERM)
                #expect(wait(for: stop) == SIGTERM)
            }
        }
        #expect(try StopSignal.watched { $0.received } == nil)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let action = unsafeBitCast(signal(number, SIG_DFL), to: Int.self)
            #expect(action == unsafeBitCast(SIG_DFL, to: Int.self))
        }
    }

    @Test("a run that is told to stop leaves the last finished epoch")
    func stopsTraining() throws {
        let folder = TemporaryFolder()
        let tiny = TinyData(count: 8, seed: 5)
        let data = DataSet(
            images: tiny.images, labels: tiny.labels, digest: String(repeating: "0", count: 64))
        let run = try TrainingRun(
            model: .gan, settings: .init(epochs: 2, batchSize: 8), data: data, path: folder.path("run"),
            resume: false, parallel: Parallel(threads: 1))
        let stop = StopSignal()
        defer { stop.giveBack() }
        kill(getpid(), SIGTERM)
        #expect(wait(for: stop) == SIGTERM)
        #expect(try run.run(until: stop) == .stopped(signal: SIGTERM, epoch: 0))
        #expect(folder.read("run/checkpoint").isEmpty && !folder.read("run/config.json").isEmpty)
    }
}
