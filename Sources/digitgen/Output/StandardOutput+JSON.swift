import DigitImaging
import StrictJSON

extension StandardOutput {
    /// Writes `value` on a line. Throws as `print` of a text.
    static func print(_ value: JSONValue) throws(ImagingError) {
        try print(value.text)
    }
}
