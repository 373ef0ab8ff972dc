import Platform

StandardDescriptors.fillGaps()
exit(DigitgenCommand.run(arguments: ProcessArguments.all))
