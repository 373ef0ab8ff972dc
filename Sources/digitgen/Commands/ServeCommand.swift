import ArgumentParser
import CommandLineSupport
import DigitGen
import DigitImaging
import DigitService
import Platform

/// Answers requests from standard input.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer requests on standard input, one JSON line each.",
        discussion: """
            EXAMPLES:
              echo 7 | digitgen serve
              echo '{"id":1,"digits":"90210","count":4,"seed":1}' | digitgen serve
              printf '%s\\n' '{"op":"hello"}' '"007"' | digitgen serve

            Each line of input gets one line of output, in the same order. An invalid line gets an error, and \
            the session continues. The fields of a request, with defaults in parentheses:
              id      any value; the reply repeats it (null)
              digits  number to draw, such as "7"; conditional models need it
              count   number of images (1)
              seed    random seed; the reply has it (a new one)
              first   number of the first image (0)
              style   number of the hand that draws all images (one per image)
              vary    how far digits stray from their hand, 0 to 1
                      (with ink as people's do, otherwise 0)
              diverse true: hands that vary more than people's do (false)
              slant   lean of the digits in degrees, or a range [a, b]; only with
                      models that can be asked for one, such as ink
              thickness, width
                      of the strokes and of the digits, as a fraction of the
                      digit's height, or a range
              morph   [a, b]: from hand a to hand b; without digits, from digit a to b
              model   name of a model; 'digitgen models' lists them
              size    pixels along a digit's side; models that draw ink: 8 to 2048 (28)
              finish  "mnist" or "ink", drawn at any size
                      ("mnist" at 28 pixels, otherwise "ink")
              format  "png" or "raw", one byte per pixel ("png")
              layout  "grid", one picture of all images, or "each" ("grid")
            A line can also be just the digits. A request with "text" draws a line of text. {"op":"hello"} returns \
            models and limits, {"op":"ping"} an answer. The whole protocol: docs/protocol.md.
            """)

    @Option(
        help: ArgumentHelp(
            "json sends images as base64, binary as bytes after each line.", valueName: "framing")
    )
    var framing = Framing.json

    @OptionGroup(title: "Default model") var modelOptions: ModelOptions

    func run() throws {
        guard framing == .json || isatty(STDOUT_FILENO) == 0 else {
            throw UsageError(message: "--framing binary cannot be written to a terminal")
        }
        let stop = StopSignal(wakes: true)
        var session = try Session(
            from: DescriptorSource.standardInput(stop: stop),
            to: InterruptibleSink(DescriptorSink.standardOutput(), stop: stop),
            registry: ModelRegistry(own: modelOptions.generator()), framing: framing,
            threads: Processors.count)
        if case .stopped(hasUnanswered: true) = try session.run() { try stop.check() }
    }
}

extension Framing: ExpressibleByArgument {}
