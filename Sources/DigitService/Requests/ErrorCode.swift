/// What an error reply calls its error. Programs may rely on the codes: they never change their meaning.
package enum ErrorCode: String, CaseIterable, Sendable {
    /// The line is longer than `ServiceLimits.lineBytes`.
    case lineTooLong = "line_too_long"
    /// The line is not one JSON value.
    case invalidJSON = "invalid_json"
    /// The value is neither an object nor a number nor a string.
    case invalidRequest = "invalid_request"
    /// The object has a key that no request has.
    case unknownField = "unknown_field"
    /// `op` is not one of the operations.
    case unknownOperation = "unknown_op"
    /// A model that draws what it is asked for was not told what.
    case missingDigits = "missing_digits"
    /// `digits` is not one or more of 0 to 9, or more than `ServiceLimits.numberDigits` of them.
    case invalidDigits = "invalid_digits"
    /// `count` is not a whole number of at least 1.
    case invalidCount = "invalid_count"
    /// All images together have more than `ServiceLimits.requestDigits` digits.
    case tooManyDigits = "too_many_digits"
    /// `first` is not in `ServiceLimits.firstImages`.
    case invalidFirst = "invalid_first"
    /// `seed` is not a whole number from 0 to 2^64 - 1.
    case invalidSeed = "invalid_seed"
    /// `style` is not a whole number from 0 to 2^64 - 1, or stands beside a `morph` between styles.
    case invalidStyle = "invalid_style"
    /// `vary` is not a number from 0 to 1, or has no style to stray from.
    case invalidVary = "invalid_vary"
    /// `morph` is not a list of two whole numbers or, without `digits`, of two digits.
    case invalidMorph = "invalid_morph"
    /// `format` is not one of the formats.
    case invalidFormat = "invalid_format"
    /// `layout` is not one of the layouts.
    case invalidLayout = "invalid_layout"
    /// There is no model of this name.
    case unknownModel = "unknown_model"
    /// Digits were asked of a model that draws what it draws.
    case unconditionalModel = "unconditional_model"
    /// A digit was asked of a model whose training data had none of it.
    case unknownDigit = "unknown_digit"
    /// A fault of this program, such as a lack of memory.
    case `internal` = "internal"
}
