import CKernels
import Testing

@Suite("The table of kernels")
struct KernelTableTests {
    @Test("the scalar tier comes last and is always available")
    func scalar() {
        var count = 0
        let table = dg_compiled_kernels(&count)
        #expect(count >= 1)
        let last = table?[count - 1]
        #expect(last.map { String(cString: $0.pointee.name) } == "scalar")
        #expect(dg_is_available(last))
    }

    @Test("every available tier can time its instruction")
    func peak() {
        var count = 0
        let table = dg_compiled_kernels(&count)
        for index in 0..<count where dg_is_available(table?[index]) {
            #expect((table?[index]?.pointee.peak(10) ?? 0) > 0)
        }
    }
}
