import DigitModel
import Platform
import Synchronization

/// Drawing on several threads.
extension InferencePlan {
    /// The number of images from which on several threads are faster than one.
    private static let parallelThreshold = 256

    /// The limit of all threads' workspaces together: models of large activations get fewer threads.
    private static let workspaceBytes = 64 << 20

    /// The most threads that draw at once.
    private var threadLimit: Int { max(1, InferencePlan.workspaceBytes / workspaceSize) }

    /// The threads that so many pixels are worth: `wanted`, or one on each processor if that is nil, but no more than
    /// can draw at once, and one if there are few pixels.
    package func threadCount(pixels: Int, wanted: Int?) -> Int {
        guard pixels >= Self.parallelThreshold * imageSize.pixelCount else { return 1 }
        return min(wanted ?? Processors.count, threadLimit)
    }

    /// Generates an image of `imageSize` for each key.
    ///
    /// - Parameters:
    ///   - keys: labels below the model's number of classes (any, for an unconditional one).
    ///   - pixels: room for `keys.count` images.
    ///   - threads: the result is the same with any number; less than 1 counts as 1.
    package func run(
        _ keys: [ImageKey], into pixels: UnsafeMutableBufferPointer<UInt8>, threads: Int = 1
    ) {
        precondition(pixels.count == keys.count * imageSize.pixelCount)
        guard let base = pixels.baseAddress else { return }
        onThreads(threads, keys, tile: tier.tileRows) { takeGroup in
            withWorkspace { workspace in
                while let (start, group) = takeGroup() {
                    runGroup(group, into: .pixels(base + start * imageSize.pixelCount), workspace)
                }
            }
        }
    }

    /// Generates the field of ink of each key; the architecture must draw ink.
    ///
    /// - Parameters:
    ///   - keys, threads: as of `run(_:into:threads:)`.
    ///   - body: gets the index of a key and its field, 28 lines of `DG_FIELD_STRIDE`, on one of the threads.
    package func run(
        _ keys: [ImageKey], threads: Int = 1,
        field body: (_ index: Int, _ field: UnsafePointer<Int32>) -> Void
    ) {
        // Drawing takes longer than the layers, so few images are worth a thread.
        onThreads(threads, keys, tile: 1) { takeGroup in
            let fields = AlignedBuffer<Int32>(count: groupSize * InferencePlan.fieldCount)
            withWorkspace { workspace in
                while let (start, group) = takeGroup() {
                    runGroup(group, into: .fields(fields.pointer), workspace)
                    for image in group.indices {
                        body(start + image, fields.pointer + image * InferencePlan.fieldCount)
                    }
                }
            }
        }
    }

    /// Calls `body` on each thread with a function that gives the next free group of keys and the index of its first,
    /// or nil when none is left. Groups are whole tiles of `tile` keys, but for the last.
    private func onThreads(
        _ threads: Int, _ keys: [ImageKey], tile: Int,
        _ body: (_ takeGroup: () -> (start: Int, keys: UnsafeBufferPointer<ImageKey>)?) -> Void
    ) {
        precondition(
            !architecture.isConditional
                || keys.allSatisfy { max($0.label, $0.endLabel) < architecture.classCount })
        guard !keys.isEmpty else { return }
        // Threads take whole tiles of images when they are free: a slow one delays the others by one portion at most.
        let tiles = (keys.count + tile - 1) / tile
        let parts = min(max(1, threads), tiles, threadLimit)
        let portion = min(groupSize, (tiles + parts - 1) / parts * tile)
        let next = Atomic(0)
        keys.withUnsafeBufferPointer { keys in
            runOnThreads(parts) {
                body {
                    let start = next.add(portion, ordering: .relaxed).oldValue
                    guard start < keys.count else { return nil }
                    let end = min(start + portion, keys.count)
                    return (start, UnsafeBufferPointer(rebasing: keys[start..<end]))
                }
            }
        }
    }

    /// The images of the keys, one after the other.
    package func pixels(_ keys: [ImageKey], threads: Int) -> [UInt8] {
        let total = keys.count * imageSize.pixelCount
        return [UInt8](unsafeUninitializedCapacity: total) { buffer, count in
            count = total
            run(keys, into: UnsafeMutableBufferPointer(rebasing: buffer[..<total]), threads: threads)
        }
    }

    /// Calls `body` with a workspace that no other thread uses, a new one if all are in use.
    func withWorkspace(_ body: (Workspace) -> Void) {
        let workspace = idle.take() ?? makeWorkspace()
        body(workspace)
        idle.give(workspace)
    }
}

/// Workspaces that wait for a thread.
final class WorkspacePool: Sendable {
    private let workspaces = Locked<[Unchecked]>([])

    func take() -> Workspace? { workspaces.withLock { $0.popLast() }?.workspace }

    func give(_ workspace: Workspace) {
        let returned = Unchecked(workspace: workspace)
        workspaces.withLock { $0.append(returned) }
    }

    /// Moves a workspace between threads; only one has it at a time.
    private struct Unchecked: @unchecked Sendable {
        let workspace: Workspace
    }
}
