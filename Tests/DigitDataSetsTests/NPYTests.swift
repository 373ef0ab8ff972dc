import Testing

@testable import DigitDataSets

@Suite("Arrays of numpy")
struct NPYTests {
    private func file(_ dictionary: String, _ elements: [UInt8], version: UInt8 = 1) -> [UInt8] {
        let header = Array(dictionary.utf8)
        let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + header + elements
    }

    private func labels(_ type: String, _ elements: [UInt8], shape: String = "(2,)") throws -> [UInt8] {
        try NPYFormat.labels(
            file("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n", elements),
            path: "a.npy")
    }

    private func reason(_ bytes: [UInt8]) -> String {
        let error = #expect(throws: DataSetError.self) { try NPYFormat.images(bytes, path: "a.npy") }
        return error?.description ?? ""
    }

    @Test("labels may be integers of any size")
    func labelTypes() throws {
        #expect(try labels("|u1", [7, 9]) == [7, 9])
        #expect(try labels("<i2", [7, 0, 9, 0]) == [7, 9])
        #expect(try labels("<u4", [7, 0, 0, 0, 9, 0, 0, 0]) == [7, 9])
        #expect(try labels("<i8", [7, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0]) == [7, 9])
        for (type, elements) in [
            ("|u1", [7, 10]), ("<i2", [7, 1, 9, 0]), ("|i1", [7, 255]), ("<f4", [0, 0, 0, 0, 0, 0, 0, 0]),
            (">i2", [0, 7, 0, 9]), ("|u1", [7]), ("|u1", [7, 9, 1]),
        ] as [(String, [UInt8])] {
            #expect(throws: DataSetError.self, "\(type)") { _ = try labels(type, elements) }
        }
        #expect(throws: DataSetError.self) { try labels("|u1", [7, 9], shape: "(1, 2)") }
    }

    @Test("images are read in every version of the format", arguments: [1, 2, 3] as [UInt8])
    func versions(version: UInt8) throws {
        let pixels = (0..<784).map { UInt8(truncatingIfNeeded: $0) }
        let text = "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 28, 28), }"
        #expect(try NPYFormat.images(file(text, pixels, version: version), path: "a") == pixels)
    }

    @Test("what is no array of digits is refused with what would be right")
    func refusals() throws {
        func dictionary(_ shape: String, type: String = "|u1", order: String = "False") -> [UInt8] {
            file("{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }", [0])
        }
        #expect(reason([]).contains("not an NPY file"))
        #expect(reason(dictionary("(1, 784)")).contains("(1, 784); expected (count, 28, 28)"))
        #expect(reason(dictionary("(1, 28, 28)", type: "<f4")).contains("'<f4'; expected '|u1'"))
        #expect(reason(dictionary("(1, 28, 28)", order: "True")).contains("Fortran order"))
        #expect(reason(dictionary("(0, 28, 28)")).contains("declares zero items"))
        #expect(reason(dictionary("(1, 28, 28)")).contains("truncated at byte"))
        #expect(reason(dictionary("(1073741824, 28, 28)")).contains("truncated at byte"))
        #expect(reason(dictionary("(99999999999999999999, 28, 28)")).contains("impossible shape"))
        #expect(reason(dictionary("(-1, 28, 28)")).contains("impossible shape"))
        #expect(reason(file("{}", [])).contains("no type or no shape"))
    }

    @Test("a file cut anywhere is an error")
    func cuts() throws {
        let whole = try NPYFormat().header(dimensions: [2, 28, 28]) + [UInt8](repeating: 7, count: 1568)
        for size in [0, 1, 9, 10, 11, 127, 128, 129, whole.count - 1] {
            #expect(throws: DataSetError.self, "\(size)") {
                try NPYFormat.images(Array(whole.prefix(size)), path: "a.npy")
            }
        }
        #expect(try NPYFormat.images(whole, path: "a.npy") == Array(whole.dropFirst(128)))
    }
}
