import Foundation
import FoundationXML

/// The parts of an SVG file that the program writes.
final class SVGDocument: NSObject, XMLParserDelegate {
    private(set) var root: [String: String] = [:]
    private(set) var group: [String: String] = [:]
    private(set) var paths: [[String: String]] = []
    /// Their colours.
    private(set) var rectangles: [String?] = []
    private(set) var metadata = ""

    /// Throws for what is not XML.
    init(_ bytes: [UInt8]) throws {
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String] = [:]
    ) {
        switch name {
        case "svg": root = attributes
        case "g": group = attributes
        case "path": paths.append(attributes)
        case "rect": rectangles.append(attributes["fill"])
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) { metadata += text }
}
