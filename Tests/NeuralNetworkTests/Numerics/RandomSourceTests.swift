import Testing

@testable import NeuralNetwork

@Suite("Random numbers")
struct RandomSourceTests {
    @Test("xoshiro256++ gives its authors' first outputs for the state 1, 2, 3, 4")
    func knownAnswers() throws {
        var source = try #require(RandomSource(state: (1, 2, 3, 4)))
        let words = (0..<4).map { _ in source.next() }
        #expect(words == [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386])
    }

    @Test("a source restored from its state goes on where the first stands")
    func restores() throws {
        var first = RandomSource(seed: 3)
        _ = first.next()
        var second = try #require(RandomSource(state: first.state))
        #expect((0..<10).allSatisfy { _ in first.next() == second.next() })
    }

    @Test("a state of zeros, from which only zeros would come, is none")
    func zeros() {
        #expect(RandomSource(state: (0, 0, 0, 0)) == nil)
        #expect(RandomSource(state: (0, 0, 0, 1)) != nil)
    }

    @Test("normal quantiles are symmetric, and those of the latent end at 2.8856")
    func quantiles() {
        let values = NormalQuantiles(count: 256).values
        #expect(abs((values.last ?? 0) - 2.8856) < 1e-4)
        for index in 0..<128 { #expect(abs(values[index] + values[255 - index]) < 1e-6) }
    }

    @Test("normal fills have mean 0 and the deviation asked for")
    func normalMoments() {
        var source = RandomSource(seed: 11)
        let tensor = Tensor(uninitialized: [100_001])
        source.fillNormal(
            tensor.pointer, count: tensor.count, scale: 2, quantiles: NormalQuantiles(count: 4096))
        let mean = tensor.elements.reduce(0.0) { $0 + Double($1) } / Double(tensor.count)
        let square = tensor.elements.reduce(0.0) { $0 + Double($1 * $1) } / Double(tensor.count)
        #expect(abs(mean) < 0.03)
        #expect(abs(square.squareRoot() - 2) < 0.03)
    }
}
