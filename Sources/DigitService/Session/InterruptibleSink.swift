import DigitImaging

/// Passes bytes on in pieces, and lets `StopSignal` know when one of them is stuck.
package final class InterruptibleSink: ByteSink {
    private static let pieceSize = 1 << 16

    private let sink: any ByteSink
    private let stop: StopSignal

    /// `sink` may block as long as nobody reads.
    package init(_ sink: any ByteSink, stop: StopSignal) {
        self.sink = sink
        self.stop = stop
    }

    package func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError) {
        var rest = bytes
        while !rest.isEmpty {
            let piece = rest.prefix(Self.pieceSize)
            try stop.writing { () throws(ImagingError) in try sink.write(piece) }
            rest = rest.dropFirst(piece.count)
        }
    }

    package func finish() throws(ImagingError) {
        try sink.finish()
    }
}
