import CDigitGen
import DigitFields
import DigitGen
import Platform

/// What a request of the C interface says of the hand.
protocol HandRequest {
    /// The ends of a range; NaN for nothing.
    typealias Range = (Double, Double)

    var has_style: UInt32 { get }
    var style: UInt64 { get }
    var vary: Double { get }
    var diverse: UInt32 { get }
    var slant: Range { get }
    var thickness: Range { get }
    var width: Range { get }
}

extension digitgen_request: HandRequest {}
extension digitgen_line_request: HandRequest {}

extension HandChoice {
    init(_ request: some HandRequest) throws(InterfaceError) {
        let vary = Fraction(request.vary)
        guard vary != nil || request.vary == -1 else {
            throw .invalidField("vary", allowed: "from 0 to 1, or -1")
        }
        self.init(
            number: request.has_style != 0 ? request.style : nil, vary: vary, isDiverse: request.diverse != 0,
            targets: try Self.targets(
                [(.slant, request.slant), (.thickness, request.thickness), (.width, request.width)]))
    }

    private static func targets(
        _ ranges: [(StyleMeasure, HandRequest.Range)]
    ) throws(InterfaceError) -> [StyleTarget] {
        var targets: [StyleTarget] = []
        for (measure, range) in ranges {
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
        return targets
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
