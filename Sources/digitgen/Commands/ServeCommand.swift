import ArgumentParser
import DigitGen
import DigitImaging
import DigitService
import Platform

/// Answers requests from standard input.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers requests, one JSON line each, over standard input and output.",
        discussion: """
            EXAMPLES:
              echo 7 | digitgen serve
              echo '{"id":1,"digits":"90210","count":4,"seed":1}' | digitgen serve
              printf '%s\\n' '{"op":"hello"}' '"007"' | digitgen serve

            Each line in gets one line out, in the same order; a mistake is answered, too, and ends nothing. \
            The fields of a request, all but digits with a default:
              id      anything; the reply repeats it
              digits  what to write, such as "7" or "90210"; a line may be just this
              count   how many images (1)
              seed    the same seed gives the same images (a new one, which the reply tells)
              first   the number of the first image (0)
              style   the number of a hand that all images are in (one each)
              vary    how far they stray from it, 0 to 1 (0)
              morph   [a, b]: from style a to style b; without digits, from digit a to b
              model   one of 'digitgen models'
              format  "png" or "raw", one byte a pixel ("png")
              layout  "grid", one picture of all, or "each" ("grid")
            {"op":"hello"} tells models and limits, {"op":"ping"} answers. docs/protocol.md has all of it.
            """)

    @Option(
        help: ArgumentHelp("json has images as base64; binary has them after the line.", valueName: "framing")
    )
    var framing = Framing.json

    @OptionGroup(title: "Model of requests that name none") var modelOptions: ModelOptions

    func run() throws {
        guard framing == .json || isatty(STDOUT_FILENO) == 0 else {
            throw UsageError(message: "standard output is a terminal, which cannot show --framing binary")
        }
        let stop = StopSignal()
        var session = try Session(
            from: DescriptorSource.standardInput(stop: stop),
            to: InterruptibleSink(DescriptorSink.standardOutput(), stop: stop),
            shelf: ModelShelf(own: modelOptions.generator()), framing: framing, threads: Processors.count)
        if case .stopped(hasUnanswered: true) = try session.run(), let signal = stop.signal {
            throw Interruption.Signalled(signal: signal)
        }
    }
}

extension Framing: ExpressibleByArgument {}
