/// The way in which a model's output becomes pixels.
public enum Finish: Equatable, Hashable, Sendable {
    /// 28 × 28 pixels, as MNIST's preprocessing makes them.
    case mnist
    /// The ink itself, anti-aliased, `size` pixels along a side of a digit. Only models that draw ink have it.
    case ink(size: Int)

    /// The sizes of drawn ink, in pixels.
    public static let sizes = 8...2048

    /// Pixels along a side of a digit.
    public var size: Int {
        switch self {
        case .mnist: 28
        case .ink(let size): size
        }
    }

    /// The name of a finish on the command line and in the protocol.
    package enum Name: String, CaseIterable, Sendable {
        case mnist, ink
    }

    /// The finish of independent options: without a name, that of MNIST at its size, and ink at any other.
    ///
    /// - Throws: `DigitGeneratorError.invalidSize`.
    package init(_ name: Name?, size: Int?) throws(DigitGeneratorError) {
        let size = size ?? Finish.mnist.size
        guard name == .ink || name == nil && size != Finish.mnist.size else {
            guard size == Finish.mnist.size else { throw .invalidSize(size, finish: .mnist) }
            self = .mnist
            return
        }
        self = .ink(size: size)
        try validate()
    }

    /// - Throws: `DigitGeneratorError.invalidSize`.
    func validate() throws(DigitGeneratorError) {
        guard case .ink(let size) = self else { return }
        guard Self.sizes.contains(size) else { throw .invalidSize(size, finish: self) }
    }
}
