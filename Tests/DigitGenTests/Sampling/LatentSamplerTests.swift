import Testing

@testable import DigitGen

@Suite("Sampling latents")
struct LatentSamplerTests {
    @Test("Philox4x32-10 gives the known answers of Random123")
    func philox() {
        #expect(
            Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
                == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        #expect(
            Philox.block(
                counter: (0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff), key: (0xffff_ffff, 0xffff_ffff)
            )
                == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        #expect(
            Philox.block(
                counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0)
            )
                == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test("codes are the normal quantiles in steps of 1/44 around 128")
    func table() {
        #expect(LatentCodes.table.count == 256)
        #expect(LatentCodes.table.first == 1)
        #expect(LatentCodes.table.last == 255)
        for index in 0..<256 {
            let probability = normalProbability((Double(LatentCodes.table[index]) - 128) / 44)
            // A code covers at most half a step, that is 0.4 / 88 of probability, beside its quantile.
            #expect(abs(probability - (Double(index) + 0.5) / 256) < 0.4 / 88 + 1e-3)
            #expect(Int(LatentCodes.table[index]) + Int(LatentCodes.table[255 - index]) == 256)
        }
    }

    @Test("other steps give the same quantiles, rounded to their own codes", arguments: [16, 30, 43, 44])
    func steps(count: Int) {
        for (code, standard) in zip(LatentCodes.table(steps: count), LatentCodes.table) {
            let exact = (Double(standard) - 128) * Double(count) / 44
            #expect(Double(code) - 128 == exact.rounded(.toNearestOrAwayFromZero))
        }
    }

    @Test("a shorter latent is the beginning of a longer one")
    func prefix() {
        #expect(codes(7, seed: 3, index: 9) == Array(codes(100, seed: 3, index: 9).prefix(7)))
    }

    @Test("seed and index, high words too, change the latent")
    func depends() {
        let latents = [
            codes(64, seed: 1, index: 0), codes(64, seed: 2, index: 0), codes(64, seed: 1, index: 1),
            codes(64, seed: 1 << 32 | 1, index: 0), codes(64, seed: 1, index: 1 << 32),
        ]
        #expect(Set(latents).count == latents.count)
    }

    @Test("bytes come from the words of the blocks, low byte first")
    func byteOrder() {
        let block = Philox.block(counter: (5, 0, 0, 0), key: (9, 0))
        let expected = [block.0, block.1, block.2, block.3].flatMap { word in
            (0..<4).map { LatentCodes.table[Int(word >> (8 * $0) & 0xFF)] }
        }
        #expect(codes(16, seed: 9, index: 5) == expected)
    }

    private func codes(_ count: Int, seed: UInt64, index: UInt64) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            LatentSampler().fill(
                UnsafeMutableBufferPointer(rebasing: buffer[..<count]),
                with: .sample(seed: seed, index: index))
            initialized = count
        }
    }

    /// Φ(x) by Simpson's rule from −8.
    private func normalProbability(_ x: Double) -> Double {
        let steps = 2_000
        let width = (x + 8) / Double(steps)
        let total = (0...steps).reduce(0.0) { sum, step in
            let point = -8 + width * Double(step)
            let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
            return sum + weight * density(point)
        }
        return total * width / 3
    }

    /// The normal density, its exponential by squaring a Taylor series of x/1024.
    private func density(_ x: Double) -> Double {
        let small = -x * x / 2 / 1024
        var power =
            1 + small + small * small / 2 + small * small * small / 6 + small * small * small * small / 24
        for _ in 0..<10 { power *= power }
        return power * 0.3989422804014327
    }
}
