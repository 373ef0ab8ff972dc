// DigitService
