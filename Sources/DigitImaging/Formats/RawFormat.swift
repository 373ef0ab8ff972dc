/// The pixels and nothing else: image after image, row after row, one byte a pixel.
package struct RawFormat: ArrayFormat {
    package let name = "raw"
    package let describesItself = false

    package init() {}

    package func header(dimensions: [Int]) -> [UInt8] { [] }
}
