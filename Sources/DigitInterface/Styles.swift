import CDigitGen
import DigitGen
import Platform

/// The style that a request of the C interface asks for.
struct RequestedStyle {
    /// The ends of a range; NaN for nothing.
    typealias Range = (Double, Double)

    let targets: [StyleTarget]

    init(slant: Range, thickness: Range, width: Range) throws(InterfaceError) {
        var targets: [StyleTarget] = []
        for (measure, range) in [(StyleMeasure.slant, slant), (.thickness, thickness), (.width, width)] {
            switch (range.0.isNaN, range.1.isNaN) {
            case (true, true): continue
            case (false, false):
                targets.append(
                    try generating { () throws(DigitGeneratorError) in
                        try StyleTarget(measure, range.0, to: range.1)
                    })
            default: throw .invalidField("\(measure)", allowed: "two numbers, or twice NAN")
            }
        }
        self.targets = targets
    }
}

/// The C function `digitgen_find_hand`; see digitgen.h.
@_cdecl("digitgen_find_hand")
public func findHand(
    _ model: OpaquePointer?, _ pictures: UnsafePointer<UInt8>?, _ labels: UnsafePointer<UInt8>?,
    _ count: Int, _ style: UnsafeMutablePointer<UInt64>?, _ error: UnsafeMutablePointer<digitgen_error>?
) -> Int32 {
    reporting(to: error) { () throws(InterfaceError) in
        guard let model else { throw .missing("model") }
        guard let pictures else { throw .missing("pictures") }
        guard let style else { throw .missing("style") }
        let generator = OpenModel.at(model).generator
        let size = generator.imageSize(.mnist).pixelCount
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        guard count > 0, !overflow else { throw .invalidField("count", allowed: "at least 1") }
        style.pointee = try generating { () throws(DigitGeneratorError) in
            try generator.hand(
                like: Array(UnsafeBufferPointer(start: pictures, count: bytes)),
                digits: labels.map { Array(UnsafeBufferPointer(start: $0, count: count)) },
                threads: Processors.count
            ).number
        }
    }
}
