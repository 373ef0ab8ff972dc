/// Makes a product of each input on several threads, and hands the products over in the order of the inputs.
///
/// Few products wait at any time, so memory does not grow with their number. This thread alone takes products; while
/// none is ready, it makes some, too.
///
/// - Parameters:
///   - threads: including this one. Products and their order do not depend on it.
///   - next: gives the inputs in turn, and nil at their end. Called on any of the threads, but never twice at a time.
///   - make: called on any of the threads, on several at once.
///   - take: called on this thread. If it throws, the work ends.
/// - Throws: the error of the first input that has one, after the products of the inputs before were taken, and what
///   `take` throws. No thread is left then.
package func inOrder<Input, Product, Failure: Error>(
    threads: Int, next: () throws(Failure) -> Input?, make: (Input) throws(Failure) -> Product,
    take: (Product) throws(Failure) -> Void
) throws(Failure) {
    guard threads > 1 else {
        while let input = try next() { try take(make(input)) }
        return
    }
    try withoutActuallyEscaping(next) { next throws(Failure) in
        try withoutActuallyEscaping(make) { make throws(Failure) in
            let work = OrderedWork(capacity: 2 * threads + 2, next: next, make: make)
            var helpers: [Thread] = []
            for _ in 1..<threads {
                // Without a thread the others do more.
                if let helper = Thread.start({ work.help() }) { helpers.append(helper) }
            }
            defer {
                work.end()
                for helper in helpers { helper.join() }
            }
            try work.run(take)
        }
    }
}

/// What the threads share. `next` is called, and everything else changes, while the mutex is locked.
private final class OrderedWork<Input, Product, Failure: Error>: @unchecked Sendable {
    private enum Step {
        case make(Input, place: Int)
        case take(Result<Product, Failure>)
        case end
    }

    private let next: () throws(Failure) -> Input?
    private let make: (Input) throws(Failure) -> Product
    /// Products that were made and not taken, at their number modulo the capacity.
    private var ready: [Result<Product, Failure>?]
    /// The numbers of inputs and of taken products.
    private var begun = 0
    private var taken = 0
    /// No input follows.
    private var isExhausted = false

    /// On the heap, because they must not move.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    /// Signalled after every change that a thread may wait for.
    private let change = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init(
        capacity: Int, next: @escaping () throws(Failure) -> Input?,
        make: @escaping (Input) throws(Failure) -> Product
    ) {
        self.next = next
        self.make = make
        ready = Array(repeating: nil, count: capacity)
        let isReady = pthread_mutex_init(mutex, nil) == 0 && pthread_cond_init(change, nil) == 0
        precondition(isReady, "a mutex and a condition of the default kind need no resources")
    }

    deinit {
        pthread_cond_destroy(change)
        pthread_mutex_destroy(mutex)
        change.deallocate()
        mutex.deallocate()
    }

    /// Makes products until no input is left.
    func help() {
        while case .make(let input, let place) = step(takes: false) {
            store(made(input), place)
        }
    }

    /// Takes all products, on one thread.
    func run(_ take: (Product) throws(Failure) -> Void) throws(Failure) {
        while true {
            switch step(takes: true) {
            case .make(let input, let place): store(made(input), place)
            case .take(let product): try take(product.get())
            case .end: return
            }
        }
    }

    private func made(_ input: Input) -> Result<Product, Failure> {
        Result { () throws(Failure) in try make(input) }
    }

    /// Lets all threads end after what they are making.
    func end() {
        locked {
            isExhausted = true
            pthread_cond_broadcast(change)
        }
    }

    /// What a thread is to do next; waits until there is something.
    private func step(takes: Bool) -> Step {
        locked {
            while true {
                let place = taken % ready.count
                if takes, let product = ready[place] {
                    ready[place] = nil
                    taken += 1
                    pthread_cond_broadcast(change)
                    return .take(product)
                }
                if isExhausted, !takes || taken == begun { return .end }
                if !isExhausted, begun - taken < ready.count {
                    if let step = begin() { return step }
                    continue
                }
                pthread_cond_wait(change, mutex)
            }
        }
    }

    /// Takes an input; nil if there is none, or an error in its place.
    private func begin() -> Step? {
        do throws(Failure) {
            if let input = try next() {
                begun += 1
                return .make(input, place: (begun - 1) % ready.count)
            }
        } catch {
            ready[begun % ready.count] = .failure(error)
            begun += 1
        }
        isExhausted = true
        pthread_cond_broadcast(change)
        return nil
    }

    private func store(_ product: Result<Product, Failure>, _ place: Int) {
        locked {
            ready[place] = product
            pthread_cond_broadcast(change)
        }
    }

    private func locked<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
