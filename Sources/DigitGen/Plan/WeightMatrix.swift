import CKernels

/// A layer's weights as its product reads them: weight(column, tap, channel).
struct WeightMatrix {
    /// In the model's order: column · columnStride + tap · tapStride + channel.
    let weights: [Int8]
    let columns: Int
    let taps: Int
    /// Channels of the input; those after them in the model's order are the one-hot label's.
    let channels: Int
    let columnStride: Int
    let tapStride: Int

    /// - Parameter weights: valid, that is as many as the other numbers say.
    init(_ weights: [Int8], columns: Int, taps: Int, channels: Int, columnStride: Int, tapStride: Int) {
        precondition(columns > 0 && taps > 0 && channels > 0)
        precondition((columns - 1) * columnStride + (taps - 1) * tapStride + channels <= weights.count)
        self.weights = weights
        self.columns = columns
        self.taps = taps
        self.channels = channels
        self.columnStride = columnStride
        self.tapStride = tapStride
    }

    /// [columns][taps]: sums over the channels.
    var sums: [Int32] {
        [Int32](unsafeUninitializedCapacity: columns * taps) { sums, count in
            weights.withUnsafeBufferPointer { weights in
                for column in 0..<columns {
                    for tap in 0..<taps {
                        let first = column * columnStride + tap * tapStride
                        let line = UnsafeBufferPointer(rebasing: weights[first..<first + channels])
                        sums.initializeElement(at: column * taps + tap, to: WeightMatrix.sum(line))
                    }
                }
            }
            count = columns * taps
        }
    }

    /// The weights in a tier's order.
    func packed(for tier: KernelTier) -> AlignedBuffer<UInt8> {
        weights.withUnsafeBufferPointer { weights in
            var source = dg_weights(
                weights: weights.baseAddress, column_stride: columnStride, tap_stride: tapStride,
                columns: Int32(columns), taps: Int32(taps), channels: Int32(channels))
            let packed = AlignedBuffer<UInt8>(uninitializedCount: tier.kernels.pointee.packed_size(&source))
            tier.kernels.pointee.pack(&source, packed.pointer)
            return packed
        }
    }

    private static func sum(_ line: UnsafeBufferPointer<Int8>) -> Int32 {
        var sum: Int32 = 0
        for weight in line { sum &+= Int32(weight) }
        return sum
    }
}
