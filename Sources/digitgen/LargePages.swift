import Platform

/// Makes the first megabytes of the heap one that the kernel fills in pages of 2 MiB instead of 4 KiB.
///
/// To start means to unpack a model into memory that was never touched. With small pages that is 2,000 page
/// faults, a quarter of the processor time of `digitgen 7 --count 16`; with large ones a few hundred.
enum LargePages {
    /// Room for a model of the usual size, unpacked, and its working memory. Untouched parts cost nothing.
    private static let size = 12 << 20
    private static let pageSize = 2 << 20

    /// To be called once, before anything large is allocated.
    static func prepareHeap() {
        goOnBeforePage()
        // The first block is a mapping of its own. That it is freed tells glibc to serve blocks of that size from
        // the heap (mallopt(3), M_MMAP_THRESHOLD), and to keep twice as much there; the second lies in the heap.
        for _ in 0..<2 {
            guard let block = malloc(size) else { return }
            let start = (UInt(bitPattern: block) + UInt(pageSize - 1)) & ~UInt(pageSize - 1)
            let end = (UInt(bitPattern: block) + UInt(size)) & ~UInt(pageSize - 1)
            // Advice: where the kernel has no large pages, nothing changes.
            madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_HUGEPAGE)
            free(block)
        }
    }

    /// Lets the heap go on just before a large page: what lies in front of the first one is filled in small ones,
    /// and so is one that malloc wrote its own bytes into before the advice.
    ///
    /// glibc takes what follows memory that somebody else asked for ("foreign sbrk" in malloc.c).
    private static func goOnBeforePage() {
        guard let end = sbrk(0), Int(bitPattern: end) != -1 else { return }
        let start = Int(bitPattern: end) + smallPageSize
        let distance = -start & (pageSize - 1)
        if distance > 0 { sbrk(distance) }
    }

    private static let smallPageSize = 4096
}
