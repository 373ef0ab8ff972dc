import DigitImaging
import TestSupport
import Testing

@Suite("SVG")
struct SVGTests {
    private func svg(
        _ digits: [[[SIMD2<Int>]]], count: Int, width: Int = 28, layout: GridLayout,
        texts: [PNGText] = []
    ) throws -> String {
        let sink = MemorySink()
        let size = try ImageStack.Size(width: width, height: 28)
        let writer = try SVGWriter(
            ImageJob(count: count, size: size, layout: layout, texts: texts), to: sink)
        for digit in digits { try writer.append([digit]) }
        try writer.finish()
        #expect(sink.isFinished)
        return String(decoding: sink.bytes, as: UTF8.self)
    }

    private let triangle = [SIMD2(-40, 0), SIMD2(20_000, 1_200), SIMD2(3_002, 8_004)]

    @Test("a loop is a closed spline through the middles of its control points, in short decimals")
    func loop() throws {
        let text = try svg([[triangle]], count: 1, layout: GridLayout())
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" width="28" height="28" viewBox="0 0 28 28">
                <rect width="28" height="28" fill="#000000"/>
                <g fill="#ffffff" fill-rule="evenodd">
                <path transform="translate(0 0)" \
                d="M1.481 4.002Q-0.04 0 9.98 0.6T11.501 4.602 1.481 4.002Z"/>
                </g>
                </svg>

                """)
    }

    @Test("digits without ink have no path, and those after them keep their places")
    func empty() throws {
        let text = try svg(
            [[], [triangle], [], [triangle, triangle]], count: 2, width: 56,
            layout: GridLayout(columns: 1, padding: 3))
        #expect(text.contains("<path transform=\"translate(31 3)\""))
        #expect(text.contains("<path transform=\"translate(31 34)\""))
        #expect(text.split(separator: "<path").count == 3)
        #expect(text.split(separator: "Z").count == 4)
    }

    @Test("texts are escaped")
    func texts() throws {
        let text = try svg(
            [[]], count: 1, layout: GridLayout(),
            texts: [PNGText(keyword: "Model", text: "<a> & \u{E9}")])
        #expect(text.contains("<metadata>\nModel: &lt;a&gt; &amp; \u{E9}\n</metadata>"))
    }

    @Test("pictures beyond the limits are refused before anything is written")
    func large() throws {
        #expect(throws: ImagingError.self) {
            try svg([], count: 1_000_000, layout: GridLayout(columns: 1))
        }
    }
}
