import NeuralNetwork

/// One step of an unrolled GAN (Metz et al. 2017) on equation (1): D is updated as usual, then G descends its loss
/// before the D that D would become in a few more steps against the same G, so that hiding in what D has overlooked
/// does not pay.
///
/// The steps ahead are θ ← θ − s ∘ ∇D_loss(θ, G(z)), with Adam's step sizes s held fixed. G's gradient goes through
/// all of them, backwards: with λ the gradient with respect to the last θ and v = s ∘ λ,
///
///     dG(z) −= ∂(v · ∇θ D_loss) / ∂G(z),    λ −= ∂(v · ∇θ D_loss) / ∂θ.
///
/// Both are derivatives along v of a first gradient: central differences of two passes at θ ± εv give them, second
/// derivatives included.
struct UnrolledStep: AdversarialStep {
    /// The number of steps ahead.
    static let depth = 5
    /// The length of εv in parts of the length of θ.
    private static let reach: Float = 1e-3

    private let base: BinaryCrossEntropyStep

    init(form: BinaryCrossEntropy.GeneratorForm) {
        base = BinaryCrossEntropyStep(form: form)
    }

    func callAsFunction(
        _ pair: AdversarialPair, _ batch: RealBatch, latents: Tensor, learningRate: Float,
        random: inout RandomSource
    ) -> StepReport {
        let generated = pair.generator.forward(latents, .training)
        let pass = base.accumulate(
            pair.discriminator, real: batch.images, generated: generated, labels: batch.labels)
        pair.discriminatorOptimizer.step(learningRate: learningRate)
        let loss = generatorLoss(
            pair.discriminator, sizes: pair.discriminatorOptimizer.stepSizes(learningRate: learningRate),
            real: batch.images, generated: generated, labels: batch.labels)
        pair.generator.backward(loss.gradient)
        pair.generatorOptimizer.step(learningRate: learningRate)
        return StepReport(
            generatorLoss: loss.value, discriminatorLoss: pass.loss, real: pass.real,
            generated: pass.generated)
    }

    /// G's loss before the unrolled D, and its gradient with respect to the generated images. D is left as it was.
    ///
    /// - Parameter sizes: s, for each of D's parameters.
    func generatorLoss(
        _ discriminator: any Discriminator, sizes: [Tensor], real: Tensor, generated: Tensor, labels: [UInt8]
    ) -> LossValue {
        let weights = DiscriminatorWeights(discriminator.parameters)
        var path = [weights.values]
        defer { weights.set(path[0]) }
        func gradients() -> (weights: [Tensor], images: Tensor) {
            weights.clearGradients()
            let pass = base.accumulate(
                discriminator, real: real, generated: generated, labels: labels,
                wanted: [.parameters, .input])
            guard let images = pass.imageGradient else {
                preconditionFailure("the gradient of the input was asked for")
            }
            return (weights.takeGradients(), images)
        }
        for _ in 0..<UnrolledStep.depth {
            let change = product(sizes, gradients().weights)
            weights.set(sum(path[path.count - 1], change, factor: -1))
            path.append(weights.values)
        }

        let scores = discriminator.forward(generated, labels: labels, .training).scores
        let loss = BinaryCrossEntropy.generator(scores, form: base.form)
        guard
            let imageGradient = discriminator.backward(
                DiscriminatorOutput(scores: loss.gradient), wanted: [.parameters, .input])
        else { preconditionFailure("the gradient of the input was asked for") }
        var adjoint = weights.takeGradients()
        for place in path.dropLast().reversed() {
            let direction = product(sizes, adjoint)
            let size = length(direction)
            guard size > 0 else { break }
            let step = UnrolledStep.reach * length(place) / size
            weights.set(sum(place, direction, factor: step))
            let ahead = gradients()
            weights.set(sum(place, direction, factor: -step))
            let behind = gradients()
            let factor = 1 / (2 * step)
            adjoint = sum(sum(adjoint, ahead.weights, factor: -factor), behind.weights, factor: factor)
            for index in 0..<imageGradient.count {
                imageGradient.pointer[index] -=
                    factor * (ahead.images.pointer[index] - behind.images.pointer[index])
            }
        }
        return LossValue(value: loss.value, gradient: imageGradient)
    }
}

/// The weights of a network as a point that can be left and come back to.
private struct DiscriminatorWeights {
    private let parameters: [Parameter]

    init(_ parameters: [Parameter]) {
        self.parameters = parameters
    }

    /// A copy of them.
    var values: [Tensor] { parameters.map { Tensor(copying: $0.value) } }

    func set(_ values: [Tensor]) {
        for (parameter, value) in zip(parameters, values) {
            parameter.value.pointer.update(from: value.pointer, count: value.count)
        }
    }

    func clearGradients() {
        for parameter in parameters {
            parameter.gradient.pointer.update(repeating: 0, count: parameter.gradient.count)
        }
    }

    /// A copy of the gradients, which are cleared.
    func takeGradients() -> [Tensor] {
        defer { clearGradients() }
        return parameters.map { Tensor(copying: $0.gradient) }
    }
}

extension Tensor {
    fileprivate init(copying other: Tensor) {
        self.init(uninitialized: other.shape)
        pointer.update(from: other.pointer, count: count)
    }
}

/// a ∘ b.
private func product(_ a: [Tensor], _ b: [Tensor]) -> [Tensor] {
    zip(a, b).map { a, b in
        let result = Tensor(uninitialized: a.shape)
        for index in 0..<result.count { result.pointer[index] = a.pointer[index] * b.pointer[index] }
        return result
    }
}

/// a + factor · b.
private func sum(_ a: [Tensor], _ b: [Tensor], factor: Float) -> [Tensor] {
    zip(a, b).map { $0.adding($1, times: factor) }
}

/// ‖a‖.
private func length(_ a: [Tensor]) -> Float {
    var total = 0.0
    for tensor in a {
        for index in 0..<tensor.count {
            total += Double(tensor.pointer[index]) * Double(tensor.pointer[index])
        }
    }
    return Float(total.squareRoot())
}
