import CKernels
import DigitModel

/// A quantized model laid out for one kernel tier: weights packed, offsets computed, memory planned.
///
/// Images pass through all layers in small groups, so that a group's activations stay in the core's own cache.
package final class InferencePlan: Sendable {
    package let architecture: Architecture
    /// The size of each image.
    package let imageSize: ImageSize
    package let tier: KernelTier
    /// Images that pass through the layers together.
    package let groupSize: Int
    /// Bytes of one thread's workspace.
    let workspaceSize: Int

    let layers: [LayerPlan]
    let layouts: [ActivationLayout]
    /// Accumulator starts of the first layer for each class: the label's one-hot input multiplied out.
    let classStarts: [AlignedBuffer<Int32>]
    let pixels: AlignedBuffer<UInt8>
    /// The most positive numbers of a speck; 0 to clear none.
    let speckSize: Int32
    let sourceRule: InkSource.Rule
    let sampler: LatentSampler
    /// The workspaces that no thread uses.
    let idle = WorkspacePool()

    /// The bytes of activations that fit into a core's second-level cache beside a panel of weights.
    private static let groupBytes = 256 << 10
    /// The most images of a group. Dense layers read all weights for each group: the more images share a read, the
    /// less it counts.
    private static let largestGroup = 64

    /// - Parameter model: valid, as `QuantizedModel.validate()` says.
    package init(_ model: QuantizedModel, tier: KernelTier) {
        architecture = model.architecture
        imageSize = model.architecture.imageSize
        self.tier = tier
        pixels = AlignedBuffer(model.pixels)
        speckSize = Int32(model.speckSize)
        sourceRule = model.sourceRule
        sampler = LatentSampler(steps: model.latentSteps, forms: model.forms)
        let layouts = InferencePlan.layouts(of: model)
        self.layouts = layouts
        layers = model.layers.indices.map { index in
            let layer = model.architecture.layers[index]
            let isDense = layer.operation == .dense
            let inputs = index == 0 ? model.architecture.latentSize : layer.input.count
            return LayerPlanner(
                layer: layer, numbers: model.layers[index],
                inputScale: index == 0 ? model.latentScale : model.layers[index - 1].outputScale,
                input: layouts[index], inputChannels: isDense ? inputs : layer.input.channels,
                weightChannels: index == 0
                    ? model.architecture.inputSize : isDense ? inputs : layer.input.channels,
                output: index + 1 < layouts.count ? layouts[index + 1] : nil, tier: tier
            ).plan()
        }
        classStarts = InferencePlan.classStarts(
            of: model, factor: tier.startFactor(zeroPoint: layouts[0].zeroPoint))
        let bytes = layouts.reduce(0) { $0 + $1.imageStride }
        let fitting = min(InferencePlan.groupBytes / max(bytes, 1), InferencePlan.largestGroup)
        groupSize = fitting < tier.tileRows ? max(fitting, 1) : fitting / tier.tileRows * tier.tileRows
        let prepared = tier.preparesInput ? tier.inputSize * (layouts.map { $0.imageStride }.max() ?? 0) : 0
        workspaceSize = groupSize * (bytes + prepared) + 4 * InferencePlan.sumCount(layers.last)
    }

    static func sumCount(_ fold: LayerPlan.Fold, _ product: PackedGEMM) -> Int {
        fold.rows * fold.columns * product.paddedColumns
    }

    /// Tap sums of one image.
    private static func sumCount(_ layer: LayerPlan?) -> Int {
        guard let (product, fold) = layer?.folded else { return 0 }
        return sumCount(fold, product)
    }

    /// The latent, and the input of each further layer.
    private static func layouts(of model: QuantizedModel) -> [ActivationLayout] {
        let latent = ActivationLayout(
            volume: Volume(height: 1, width: 1, channels: model.architecture.latentSize),
            zeroPoint: QuantizedModel.latentZeroPoint)
        let inner = zip(model.architecture.layers, model.layers).dropLast().map {
            ActivationLayout(volume: $0.output, zeroPoint: $1.outputZeroPoint)
        }
        return [latent] + inner
    }

    /// Memory for one thread.
    func makeWorkspace() -> Workspace {
        var scratchCount = 0
        if let fold = layers.last?.folded?.fold { scratchCount = fold.scratchCount }
        return Workspace(
            layouts: layouts, groupSize: groupSize, sumCount: InferencePlan.sumCount(layers.last),
            scratchCount: scratchCount, tier: tier)
    }
}
