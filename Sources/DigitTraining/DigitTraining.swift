// DigitTraining
