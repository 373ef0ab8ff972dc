// DigitImaging
