// DigitGen
